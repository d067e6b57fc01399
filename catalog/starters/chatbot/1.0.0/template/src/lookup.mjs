// One look at a company system: only when an address is set, never longer than a few seconds, and never a guess.
const SECONDS = 5;

/** What the system says of a question as one line of text; empty when nothing is set up. Throws when it does not answer. */
export const lookUp = async (api, question, ask = globalThis.fetch) => {
  if (!api) return "";
  const address = new URL(api);
  address.searchParams.set("q", question);
  const answer = await ask(address, { credentials: "omit", signal: AbortSignal.timeout(SECONDS * 1_000), headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`The system answered ${answer.status}.`);
  const { text } = await answer.json();
  return typeof text === "string" ? text.slice(0, 500) : "";
};
