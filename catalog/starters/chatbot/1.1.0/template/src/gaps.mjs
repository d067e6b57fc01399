// Questions that were not answered well: kept in this browser until somebody saves them for whoever keeps the answers.

/** The questions with one more, each once, the latest first; at most so many. */
export const noted = (questions, question, most = 100) =>
  [question, ...questions.filter((one) => one.toLocaleLowerCase() !== question.toLocaleLowerCase())].slice(0, most);
