// Which answer fits a question. Rules and no guessing: the same question always gets the same answer.

const ENDINGS = /(ing|es|ed|s)$/;

/** The words of a text without case, accents, endings and words of one or two letters. */
export const words = (text) =>
  text
    .toLocaleLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2)
    .map((word) => (word.length > 4 ? word.replace(ENDINGS, "") : word));

/** How many words of an answer stand in the question; its topic counts too. */
export const score = (question, answer) => {
  const asked = new Set(words(question));
  const known = new Set([...answer.words.flatMap(words), ...words(answer.topic)]);
  return [...known].filter((word) => asked.has(word)).length;
};

/** The answer that fits best; null when none does, or when two fit equally and neither can be meant. */
export const best = (question, answers) => {
  const found = answers.map((answer) => ({ answer, points: score(question, answer) })).sort((a, b) => b.points - a.points);
  if (!found.length || found[0].points === 0) return null;
  return found[1]?.points === found[0].points ? null : found[0].answer;
};

/** Topics that fit as well as the best one: what may be meant. */
export const candidates = (question, answers) => {
  const points = answers.map((answer) => score(question, answer));
  const most = Math.max(0, ...points);
  return most ? answers.filter((_answer, at) => points[at] === most) : [];
};
