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

export const waitsFor = (request) => (request.state === "open" ? request.route[request.decisions.length] : "");

/** The request after one decision. Throws a sentence when it may not be. */
export const decided = (request, { outcome, by, reason, at }) => {
  if (request.state !== "open") throw new Error("It is decided already.");
  const name = by?.trim() ?? "";
  const same = (other) => other.localeCompare(name, undefined, { sensitivity: "base" }) === 0;
  if (!name) throw new Error("Write your name.");
  if (same(request.by)) throw new Error("Nobody decides what they asked for themselves.");
  if (request.decisions.some((one) => same(one.by))) throw new Error("Somebody else takes the second step.");
  if (outcome === "refused" && !reason?.trim()) throw new Error("Say why it is refused.");
  const decisions = [...request.decisions, { step: waitsFor(request), outcome, by: name, reason: reason?.trim() ?? "", at }];
  const over = outcome === "refused" || decisions.length === request.route.length;
  return { ...request, decisions, state: over ? outcome : "open" };
};
