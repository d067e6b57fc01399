// What stands in the lists until somebody asks for something of their own: one small, one larger, one decided.
import { decided, opened } from "./approvals.mjs";

const before = (day, days) => new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);

export const samples = (rules, today) => {
  const part = (share) => String(Math.max(1, Math.round(rules.limit * share)));
  const ask = (number, what, share, by, days) => opened({ what, amount: part(share), by }, rules, number, before(today, days));
  const yes = (by, reason, days) => ({ outcome: "approved", by, reason, at: before(today, days) });
  const larger = ask(2, "A larger one, for the whole team", 2.4, "Tom Ellis", 3);
  return [
    ask(3, "A small one, within the limit", 0.4, "Mia Berg", 1),
    larger.route.length > 1 ? decided(larger, yes("Ana Ruiz", "It was planned for.", 2)) : larger,
    decided(ask(1, "The same as last month", 0.3, "Jo Lind", 8), yes("Ana Ruiz", "", 7)),
  ].map((row) => ({ ...row, sample: true }));
};
