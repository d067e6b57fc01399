import assert from "node:assert/strict";
import test from "node:test";

import { finished, obstacle, progress, roundOf, ticksOf, toggled } from "../src/record.mjs";

const STEPS = ["Lights", "Doors"];

test("a day is a round of its own, a week begins on Monday", () => {
  assert.equal(roundOf("2026-11-27", "daily"), "2026-11-27");
  assert.equal(roundOf("2026-11-29", "weekly"), "week of 2026-11-23");
  assert.equal(roundOf("2026-11-30", "weekly"), "week of 2026-11-30");
  assert.equal(roundOf("2026-11-30", "once"), "once");
});

test("ticks of yesterday do not count today", () => {
  assert.deepEqual(ticksOf({ round: "a", ticks: ["Lights"] }, "b"), []);
  assert.deepEqual(ticksOf({ round: "a", ticks: ["Lights"] }, "a"), ["Lights"]);
  assert.deepEqual(ticksOf(undefined, "a"), []);
});

test("a tick is taken back by a second one", () => {
  assert.deepEqual(toggled(["Lights"], "Lights"), []);
  assert.deepEqual(toggled([], "Doors"), ["Doors"]);
});

test("progress is said in words", () => assert.equal(progress(["Lights"], STEPS), "1 of 2 done"));

test("an open step is named", () => assert.match(obstacle(["Lights"], STEPS, "AB", 2), /Doors/));

test("initials are letters, as many as asked", () => {
  assert.match(obstacle(STEPS, STEPS, "A.", 2), /initials/);
  assert.equal(obstacle(STEPS, STEPS, "åb", 2), "");
  assert.equal(obstacle(STEPS, STEPS, null, 0), "");
});

test("the same round is kept once", () => {
  const once = finished([], "a", " ab ", "1");
  assert.deepEqual(finished(once, "a", "cd", "2"), [{ round: "a", initials: "CD", at: "2", skipped: "" }]);
});

test("a step that was skipped for a reason does not hold the round up", () => {
  assert.equal(obstacle(["Lights"], STEPS, "AB", 2, { Doors: "closed today" }), "");
  assert.equal(progress(["Lights"], STEPS, { Doors: "closed today" }), "1 of 2 done, 1 skipped");
  assert.equal(finished([], "a", "AB", "1", { Doors: "closed today" })[0].skipped, "Doors: closed today");
});
