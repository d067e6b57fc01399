// The route of a request and what a decision does to it. No page, so that it is tested by itself.

/** An amount as people type it: “1.250,50”, “1,250.50” and “1250” are the same kind of thing. NaN when it is none. */
export const amountOf = (text) => {
  const plain = String(text ?? "").trim().replace(/[\s']/g, "");
  if (!/^\d[\d.,]*$/.test(plain)) return Number.NaN;
  const cut = /[.,]\d{1,2}$/.exec(plain)?.index ?? plain.length;
  return Number(`${plain.slice(0, cut).replace(/[.,]/g, "")}.${plain.slice(cut + 1) || 0}`);
};

/** Who decides, in order: one step up to the limit, all of them above it. */
export const routeOf = (amount, rules) => (amount <= rules.limit ? rules.steps.slice(0, 1) : [...rules.steps]);

export const problems = ({ what, amount, by }) => {
  const found = {};
  if (!what?.trim()) found.what = "Say what it is for.";
  if (!(amountOf(amount) > 0)) found.amount = "Write an amount such as 250.";
  if (!by?.trim()) found.by = "Write your name.";
  return found;
};

export const opened = (entry, rules, number, at) => {
  const amount = amountOf(entry.amount);
  return { number, what: entry.what.trim(), amount, by: entry.by.trim(), at, route: routeOf(amount, rules), decisions: [], state: "open" };
};

const WORDS = { refused: "refused", returned: "sent back" };

/** A request that was sent back, as the words of a new one; its decisions do not count for that. */
export const again = ({ what, amount, by }) => ({ what, amount: String(amount), by });

export const waitsFor = (request) => (request.state === "open" ? request.route[request.decisions.length] : "");

/** What became of it, as the end of a sentence. */
export const sentenceOf = (request) => (request.state === "open" ? `now ${waitsFor(request)} decides` : (WORDS[request.state] ?? request.state));

/** Whether this can stand in the list, for rows that come from a file. */
export const isRequest = ({ number, what, amount, by, at, route, decisions, state }) =>
  Number.isInteger(number) && Number.isFinite(amount) && [what, by, at, state].every((part) => typeof part === "string") &&
  Array.isArray(route) && Array.isArray(decisions) && decisions.every((one) => typeof one?.by === "string");

const no = (sentence, field) => Object.assign(new Error(sentence), { field });

/** The request after one decision. Throws a sentence, and the field it is about, when it may not be. */
export const decided = (request, { outcome, by, reason, at }) => {
  if (request.state !== "open") throw no("It is decided already.", "by");
  const name = by?.trim() ?? "";
  const same = (other) => other.localeCompare(name, undefined, { sensitivity: "base" }) === 0;
  if (!name) throw no("Write your name.", "by");
  if (same(request.by)) throw no("Nobody decides what they asked for themselves.", "by");
  if (request.decisions.some((one) => same(one.by))) throw no("Somebody else takes the second step.", "by");
  if (outcome !== "approved" && !reason?.trim()) throw no(`Say why it is ${WORDS[outcome]}.`, "reason");
  const decisions = [...request.decisions, { step: waitsFor(request), outcome, by: name, reason: reason?.trim() ?? "", at }];
  const over = outcome !== "approved" || decisions.length === request.route.length;
  return { ...request, decisions, state: over ? outcome : "open" };
};
