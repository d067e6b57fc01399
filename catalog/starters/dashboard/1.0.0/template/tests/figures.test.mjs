import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { bars, meets, missesInARow, parse, verdict } from "../src/figures.mjs";

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
  assert.match(verdict([], UP), /no figures/);
});

test("a CSV file is read with and without a head line", () => {
  assert.deepEqual(parse("week,value\nW1,5\n"), [{ period: "W1", value: 5 }]);
  assert.deepEqual(parse('"W1";5.5\r\n'), [{ period: "W1", value: 5.5 }]);
});

test("a line that cannot be read is named", () => {
  assert.throws(() => parse("week,value\nW1,5\nW2,\n"), /Line 3/);
  assert.throws(() => parse("\n"), /no figures/);
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
