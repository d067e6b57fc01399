import assert from "node:assert/strict";
import test from "node:test";

import { daysLeft, inWords, next, ordered, problems, urgency } from "../src/deadlines.mjs";

const RULES = { stages: ["Running", "In talks", "Signed"], warnDays: 30 };
const TODAY = "2026-11-27";
const row = (day, stage = "Running") => ({ name: day, day, stage, who: "Ann" });

test("days are counted over months and clock changes", () => {
  assert.equal(daysLeft("2026-12-27", TODAY), 30);
  assert.equal(daysLeft("2027-03-30", "2027-03-27"), 3);
});

test("a distance is said in words", () => {
  assert.deepEqual([0, 1, 9, -1, -3].map(inWords), ["today", "in 1 day", "in 9 days", "1 day late", "3 days late"]);
});

test("what comes due within the warning stands out", () => {
  assert.equal(urgency(row("2026-12-27"), RULES, TODAY), "soon");
  assert.equal(urgency(row("2026-12-28"), RULES, TODAY), "fine");
  assert.equal(urgency(row("2026-11-26"), RULES, TODAY), "late");
  assert.equal(urgency(row("2026-12-01"), { ...RULES, warnDays: 0 }, TODAY), "fine");
});

test("what is over never warns", () => assert.equal(urgency(row("2026-11-01", "Signed"), RULES, TODAY), "fine"));

test("open ones come first, by day", () => {
  const rows = [row("2026-12-09", "Signed"), row("2026-12-03"), row("2026-12-01"), row("2026-12-10", "Signed")];
  assert.deepEqual(ordered(rows, RULES).map((one) => one.name), ["2026-12-01", "2026-12-03", "2026-12-10", "2026-12-09"]);
});

test("the last stage leads nowhere", () => {
  assert.equal(next(row("2026-12-01"), RULES), "In talks");
  assert.equal(next(row("2026-12-01", "Signed"), RULES), "");
});

test("what is missing is said", () => assert.deepEqual(Object.keys(problems({})), ["name", "who", "day"]));
