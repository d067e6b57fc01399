import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { bars, meets, missesInARow, numberOf, parse, verdict } from "../src/figures.mjs";

const UP = { measure: "Sales", unit: "k", target: 100, good: "up", inARow: 2 };
const rows = (...values) => values.map((value, at) => ({ period: `W${at + 1}`, value }));

test("the target itself is met, either way", () => {
  assert.ok(meets(100, UP) && !meets(99, UP));
  assert.ok(meets(100, { ...UP, good: "down" }) && !meets(101, { ...UP, good: "down" }));
});

test("misses count from the end", () => {
  assert.equal(missesInARow(rows(120, 90, 80), UP), 2);
  assert.equal(missesInARow(rows(90, 120), UP), 0);
  assert.equal(missesInARow(rows(90, 80), UP), 2);
  assert.equal(missesInARow([], UP), 0);
});

test("one sentence says how it stands", () => {
  assert.equal(verdict(rows(90, 120), UP), "Sales in W2: 120 k, on target (100 k), up from 90 k.");
  assert.match(verdict(rows(90, 80), UP), /off target .* missed 2 times in a row/);
  assert.match(verdict(rows(120, 120), UP), /the same as before\.$/);
  assert.match(verdict([], UP), /no figures/);
});

test("a CSV file is read with and without a head line", () => {
  assert.deepEqual(parse("week,value\nW1,5\n"), [{ period: "W1", value: 5 }]);
  assert.deepEqual(parse('"W1";5.5\r\n'), [{ period: "W1", value: 5.5 }]);
  assert.deepEqual(parse("\ufeffWoche;Wert\nW1;5,5\n"), [{ period: "W1", value: 5.5 }]);
  assert.deepEqual(parse("Week\tSales 2026\nW1\t5\n"), [{ period: "W1", value: 5 }]);
  assert.deepEqual(parse('"Week 1, early","1,234.5"\n'), [{ period: "Week 1, early", value: 1234.5 }]);
});

test("a line that cannot be read is named", () => {
  assert.throws(() => parse("week,value\nW1,5\nW2,\n"), /Line 3/);
  assert.throws(() => parse('W1,"1,234"\n'), /no clear number/);
  assert.throws(() => parse("\n"), /no figures/);
});

test("a number is read as it was meant, or not at all", () => {
  assert.deepEqual(["1234.5", "1.234,5", "1 234,5", "12,5", "-3", "1,234,567"].map(numberOf), [1234.5, 1234.5, 1234.5, 12.5, -3, 1234567]);
  assert.equal(numberOf("0,125"), 0.125);
  assert.equal(numberOf("1.234"), 1.234);
  assert.ok(Number.isNaN(numberOf("1.234", false)));
  for (const text of ["1,234", "12%", "", "1.2.3", "about 5"]) assert.ok(Number.isNaN(numberOf(text)), text);
});

test("names of periods leave each other room, and the last one has its own", () => {
  const many = bars(rows(...Array.from({ length: 52 }, (_, at) => at)), UP, 640, 240).bars;
  const at = many.filter((bar) => bar.named).map((bar) => bar.x);
  assert.ok(many.at(-1).named && at.length > 5 && at.slice(1).every((x, one) => x - at[one] >= 30));
  assert.ok(bars(rows(1, 2, 3), UP, 640, 240).bars.every((bar) => bar.named && bar.valued));
  assert.deepEqual(bars([], UP, 640, 240).bars, []);
});

test("bars stay inside their box", () => {
  const plan = bars(rows(50, 200, -5), UP, 300, 100);
  for (const bar of plan.bars) assert.ok(bar.x >= 0 && bar.x + bar.width <= 300 && bar.y >= 0 && bar.y + bar.height <= 100.001);
  assert.ok(plan.target > 0 && plan.target < 100);
});

test("the shared figures have the shape that the chart wants", () => {
  const shared = JSON.parse(readFileSync(new URL("../data/figures.json", import.meta.url), "utf8"));
  assert.ok(shared.length > 1 && shared.every((row) => row.period && typeof row.value === "number"));
});
