// What the figures say, and where the bars stand. No page, so that it is tested by itself.

export const meets = (value, rules) => (rules.good === "up" ? value >= rules.target : value <= rules.target);

/** How many of the latest periods missed the target, one after the other. */
export const missesInARow = (rows, rules) => {
  const good = rows.findLastIndex((row) => meets(row.value, rules));
  return rows.length - 1 - good;
};

/** One sentence: how the latest period stands, against the target and the one before. */
export const verdict = (rows, rules) => {
  if (!rows.length) return "There are no figures yet.";
  const [last, before] = [rows.at(-1), rows.at(-2)];
  const number = (value) => `${value.toLocaleString()}${rules.unit ? ` ${rules.unit}` : ""}`;
  const word = meets(last.value, rules) ? "on target" : "off target";
  const change = before ? `, ${last.value === before.value ? "as" : last.value > before.value ? "up" : "down"} from ${number(before.value)}` : "";
  const misses = missesInARow(rows, rules);
  const warning = rules.inARow && misses >= rules.inARow ? ` The target was missed ${misses} times in a row.` : "";
  return `${rules.measure} in ${last.period}: ${number(last.value)}, ${word} (${number(rules.target)})${change}.${warning}`;
};

/** Rows of a CSV text with a period and a number on each line; throws a sentence that names the line it cannot read. */
export const parse = (text) => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  const rows = lines.map((line) => line.split(/[;,\t]/).map((part) => part.trim().replace(/^"|"$/g, "")));
  const body = rows.length && Number.isNaN(Number(rows[0][1])) ? rows.slice(1) : rows;
  if (!body.length) throw new Error("The file holds no figures. It needs a period and a number on each line.");
  return body.map(([period, value], at) => {
    const number = Number(value);
    if (!period || value === undefined || value === "" || Number.isNaN(number))
      throw new Error(`Line ${at + 1 + rows.length - body.length} has no period with a number.`);
    return { period, value: number };
  });
};

/** Bars in a box of that size: x, y, width and height of each, and the height of the target line. */
export const bars = (rows, rules, width, height) => {
  const top = Math.max(rules.target, ...rows.map((row) => row.value), 1) * 1.1;
  const step = width / Math.max(rows.length, 1);
  const tall = (value) => (Math.max(value, 0) / top) * height;
  return {
    target: height - tall(rules.target),
    bars: rows.map((row, at) => ({ ...row, x: at * step + step * 0.15, y: height - tall(row.value), width: step * 0.7, height: tall(row.value), good: meets(row.value, rules) })),
  };
};
