// How far away a day is, in words, and the order of the list. No page, so that it is tested by itself.
const DAY = 86_400_000;

export const daysLeft = (day, today) => Math.round((Date.parse(day) - Date.parse(today)) / DAY);

export const inWords = (days) => {
  if (days === 0) return "today";
  const count = Math.abs(days);
  const word = count === 1 ? "day" : "days";
  return days > 0 ? `in ${count} ${word}` : `${count} ${word} late`;
};

/** late, soon or fine; what is in its last stage is over and never warns. */
export const urgency = (row, rules, today) => {
  if (row.stage === rules.stages.at(-1)) return "fine";
  const days = daysLeft(row.day, today);
  return days < 0 ? "late" : days <= rules.warnDays && rules.warnDays > 0 ? "soon" : "fine";
};

/** What is open by day first, then what is over, the latest first. */
export const ordered = (rows, rules) => {
  const last = rules.stages.at(-1);
  const over = (row) => Number(row.stage === last);
  return [...rows].sort((a, b) => over(a) - over(b) || (over(a) ? b.day.localeCompare(a.day) : a.day.localeCompare(b.day)));
};

export const next = (row, rules) => rules.stages[rules.stages.indexOf(row.stage) + 1] ?? "";

export const problems = ({ name, who, day }) => {
  const found = {};
  if (!name?.trim()) found.name = "Write its name.";
  if (!who?.trim()) found.who = "Name somebody who looks after it.";
  if (!day) found.day = "Choose its day.";
  return found;
};
