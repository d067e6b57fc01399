// What the figures say, and where the bars stand. No page, so that it is tested by itself.

const LETTER = 8.5; // how wide one is, at most, at the size in styles/app.css

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
  const way = before && Math.sign(last.value - before.value);
  const change = before ? (way ? `, ${way > 0 ? "up" : "down"} from ${number(before.value)}` : ", the same as before") : "";
  const misses = missesInARow(rows, rules);
  const warning = rules.inARow && misses >= rules.inARow ? ` The target was missed ${misses} times in a row.` : "";
  return `${rules.measure} in ${last.period}: ${number(last.value)}, ${word} (${number(rules.target)})${change}.${warning}`;
};

/** A number as a spreadsheet writes it: “1,234.5”, “1.234,5”, “1 234,5” and “12,5” with its sign. NaN when it is none, or when
    one comma could as well part thousands as decimals (“1,234”; “1.234” too where a comma is the usual mark): a wrong figure is
    worse than none. */
export const numberOf = (text, pointIsUsual = true) => {
  const plain = text.trim().replace(/[\s\u00a0\u202f']/g, "");
  if (!pointIsUsual && /^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(plain)) return Number.NaN;
  if (/^[+-]?\d+(\.\d+)?$/.test(plain)) return Number(plain);
  if (/^[+-]?(0,\d+|\d+,(\d{1,2}|\d{4,}))$/.test(plain)) return Number(plain.replace(",", "."));
  if (/^[+-]?\d{1,3}(,\d{3})+\.\d+$|^[+-]?\d{1,3}(,\d{3}){2,}$/.test(plain)) return Number(plain.replaceAll(",", ""));
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d+$|^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(plain)) return Number(plain.replaceAll(".", "").replace(",", "."));
  return Number.NaN;
};

/** The cells of one line; what stands in quotes is one cell, whatever it holds. */
const cells = (line, mark) => {
  const found = line.match(new RegExp(`(?:^|${mark})("(?:[^"]|"")*"|[^${mark}]*)`, "g")) ?? [];
  return found.map((cell, at) => (at ? cell.slice(1) : cell).trim().replace(/^"(.*)"$/, "$1").replaceAll('""', '"'));
};

/** Rows of a CSV text with a period and a number on each line; throws a sentence that names the line it cannot read. */
export const parse = (text) => {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/).map((line, at) => ({ line, at: at + 1 })).filter(({ line }) => line.trim());
  const mark = ["\t", ";"].find((one) => lines[0]?.line.includes(one)) ?? ",";
  const rows = lines.map(({ line, at }) => ({ at, cells: cells(line, mark) }));
  const body = rows.length && /^(\p{L}|$)/u.test(rows[0].cells[1] ?? "") ? rows.slice(1) : rows; // a head line begins with a word
  if (!body.length) throw new Error("The file holds no figures. It needs a period and a number on each line.");
  return body.map(({ at, cells: [period, figure = ""] }) => {
    const value = numberOf(figure, mark === ",");
    if (!period || Number.isNaN(value))
      throw new Error(`Line ${at}: “${figure}” is no clear number for “${period}”. Write it like 1234.5.`);
    return { period, value };
  });
};

/** Bars in a box of that size: x, y, width and height of each, and the height of the target line. `named` and
    `valued` are set where there is room for the name or the value: always for the last bar, then for every so many before it. */
export const bars = (rows, rules, width, height) => {
  const top = Math.max(rules.target, ...rows.map((row) => row.value), 1) * 1.1;
  const step = width / Math.max(rows.length, 1);
  const every = (texts) => Math.max(1, Math.ceil((8 + LETTER * Math.max(0, ...texts.map((text) => text.length))) / step));
  const [names, values] = [every(rows.map((row) => row.period)), every(rows.map((row) => row.value.toLocaleString()))];
  const tall = (value) => (Math.max(value, 0) / top) * height;
  return {
    target: height - tall(rules.target),
    bars: rows.map((row, at) => ({
      ...row, x: at * step + step * 0.15, y: height - tall(row.value), width: step * 0.7, height: tall(row.value),
      good: meets(row.value, rules), named: (rows.length - 1 - at) % names === 0, valued: (rows.length - 1 - at) % values === 0,
    })),
  };
};

/** The last so many rows; all of them for 0. */
export const latest = (rows, number) => (number ? rows.slice(-number) : rows);

/** The mean of the values, to one decimal; null when there is none. */
export const mean = (rows) =>
  rows.length ? Math.round((10 * rows.reduce((sum, row) => sum + row.value, 0)) / rows.length) / 10 : null;
