// What stands in the list until somebody sends the first request of their own.
const DAY = 86_400_000;

const after = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

export const samples = ({ topics, asksDue, leastDays }, today) =>
  [
    ["It is for the two new colleagues on the second floor. Jo knows where it goes.", 3],
    ["It was fine until Monday. Five minutes are enough to show what happens.", 9],
  ].map(([text, days], at) => ({
    number: at + 1,
    sent: after(today, at - 2),
    topic: topics[at * 2] ?? topics.at(-1),
    text,
    due: asksDue ? after(today, leastDays + days) : "",
    sample: true,
  }));
