import assert from "node:assert/strict";
import test from "node:test";

import { daysBetween, isRequest, numbered, ordered, problems } from "../src/requests.mjs";
import { samples } from "../src/samples.mjs";

const RULES = { asksDue: true, leastDays: 2 };
const TODAY = "2026-11-27";
const GOOD = { topic: "Light", text: "The lamp over my desk is dark.", due: "2026-12-01" };

test("a whole request has no problem", () => assert.deepEqual(problems(GOOD, RULES, TODAY), {}));

test("each field says what it lacks", () => {
  assert.deepEqual(Object.keys(problems({}, RULES, TODAY)), ["topic", "text", "due"]);
  assert.match(problems({ ...GOOD, text: "Lamp" }, RULES, TODAY).text, /sentence/);
});

test("the day lies far enough ahead", () => {
  assert.match(problems({ ...GOOD, due: "2026-11-28" }, RULES, TODAY).due, /2 days/);
  assert.deepEqual(problems({ ...GOOD, due: "2026-11-29" }, RULES, TODAY), {});
});

test("no day is asked for where none is needed", () => {
  assert.deepEqual(problems({ ...GOOD, due: "" }, { asksDue: false, leastDays: 0 }, TODAY), {});
});

test("days are counted over the change of clocks", () => assert.equal(daysBetween("2026-10-24", "2026-10-26"), 2));

test("a number is never used twice", () => {
  const first = numbered(GOOD, [], TODAY);
  assert.equal(first.number, 1);
  assert.equal(numbered(GOOD, [{ number: 4 }, { number: 2 }], TODAY).number, 5);
  assert.equal(numbered(GOOD, [{ number: 4 }], TODAY, 5).number, 6); // 5 was given, and removed
  assert.equal(first.sent, TODAY);
});

test("what is due first stands first", () => {
  const rows = [{ number: 1, due: "" }, { number: 2, due: "2026-12-02" }, { number: 3, due: "2026-12-01" }, { number: 4, due: "" }];
  assert.deepEqual(ordered(rows).map((row) => row.number), [3, 2, 4, 1]);
});

test("samples are requests like any other, with days to come", () => {
  const rows = samples({ topics: ["Heating", "Light"], asksDue: true, leastDays: 2 }, TODAY);
  assert.ok(rows.length >= 2 && rows.every((row) => row.sample && isRequest(row) && row.due > TODAY));
  assert.ok(samples({ topics: ["Light", "Doors"], asksDue: false, leastDays: 0 }, TODAY).every((row) => row.due === ""));
  assert.equal(isRequest({ number: "1", topic: "Light" }), false);
});
