// Which round it is, how far it is, and when it may be finished. No page, so that it is tested by itself.

/** The name of the round that a day belongs to: a new name means that the list begins anew. */
export const roundOf = (day, repeats) => {
  if (repeats === "once") return "once";
  if (repeats === "daily") return day;
  const date = new Date(`${day}T12:00:00Z`);
  const monday = new Date(date);
  monday.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return `week of ${monday.toISOString().slice(0, 10)}`;
};

/** The ticks of this round; those of another round do not count. */
export const ticksOf = (kept, round) => (kept?.round === round ? kept.ticks : []);

export const toggled = (ticks, step) =>
  ticks.includes(step) ? ticks.filter((one) => one !== step) : [...ticks, step];

/** `skipped` are the reasons of steps that were left out, by step. */
export const progress = (ticks, steps, skipped = {}) => {
  const left = Object.keys(skipped).length;
  return `${ticks.length} of ${steps.length} done${left ? `, ${left} skipped` : ""}`;
};

/** What keeps the round from being finished, in a sentence; empty when nothing does. */
export const obstacle = (ticks, steps, initials, letters, skipped = {}) => {
  const open = steps.find((step) => !ticks.includes(step) && !skipped[step]);
  if (open) return `“${open}” is still open.`;
  if ((initials ?? "").replace(/[^\p{L}]/gu, "").length < letters) return "Put your initials in.";
  return "";
};

/** A finished round; the same round twice is kept once, with the later initials. */
export const finished = (rounds, round, initials, at, skipped = {}) => [
  {
    round,
    initials: (initials ?? "").trim().toLocaleUpperCase(),
    at,
    skipped: Object.entries(skipped).map(([step, why]) => `${step}: ${why}`).join("; "),
  },
  ...rounds.filter((one) => one.round !== round),
];
