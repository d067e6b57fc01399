// What makes a request whole, and the number it gets. No page, so that it is tested by itself.
const DAY = 86_400_000;

export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** The message beside each field that is not right yet; empty when the request can be sent. */
export const problems = (entry, rules, today) => {
  const found = {};
  if (!entry.topic) found.topic = "Choose what it is about.";
  if (!entry.text || entry.text.trim().length < 10) found.text = "Say in a sentence what you need.";
  if (rules.asksDue) {
    if (!entry.due) found.due = "Choose a day.";
    else if (daysBetween(today, entry.due) < rules.leastDays)
      found.due = `Choose a day at least ${rules.leastDays} days from today.`;
  }
  return found;
};

/** The request with its number and day. `last` is the highest number given so far: none is used twice, also after one was removed. */
export const numbered = (entry, rows, today, last = 0) => ({
  number: Math.max(last, ...rows.map((row) => row.number)) + 1,
  sent: today,
  topic: entry.topic,
  text: entry.text.trim(),
  due: entry.due ?? "",
});

/** Whether this can stand in the list, for rows that come from a file. */
export const isRequest = (row) =>
  Number.isInteger(row.number) && [row.sent, row.topic, row.text, row.due].every((part) => typeof part === "string");

/** What is due first stands first; requests without a day come last, the newest first. */
export const ordered = (rows) =>
  [...rows].sort((a, b) => (a.due || "9999").localeCompare(b.due || "9999") || b.number - a.number);

/** Requests that hold every word, whatever its case; all of them without a word. */
export const matching = (rows, words) => {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => wanted.every((word) => `${row.topic} ${row.text}`.toLocaleLowerCase().includes(word)));
};
