import assert from "node:assert/strict";
import test from "node:test";

import { amountOf, decided, opened, problems, routeOf, waitsFor } from "../src/approvals.mjs";

const RULES = { limit: 500, steps: ["Lead", "Owner"] };
const ask = (amount) => opened({ what: "Chairs", amount, by: "Ann" }, RULES, 1, "2026-11-27");
const answer = (by, outcome = "approved", reason = "") => ({ by, outcome, reason, at: "2026-11-28" });

test("amounts are read as people write them", () => {
  assert.deepEqual(["1.250,50", "1,250.50", "1250", "1'250", "12,5"].map(amountOf), [1250.5, 1250.5, 1250, 1250, 12.5]);
  assert.ok(Number.isNaN(amountOf("about 5")) && Number.isNaN(amountOf("-5")));
});

test("the limit itself is decided by one", () => {
  assert.deepEqual(routeOf(500, RULES), ["Lead"]);
  assert.deepEqual(routeOf(500.01, RULES), ["Lead", "Owner"]);
});

test("what is missing is said", () => assert.deepEqual(Object.keys(problems({ amount: "0" })), ["what", "amount", "by"]));

test("a small one is approved in one step", () => assert.equal(decided(ask("20"), answer("Ben")).state, "approved"));

test("a large one waits for the second", () => {
  const half = decided(ask("900"), answer("Ben"));
  assert.deepEqual([half.state, waitsFor(half)], ["open", "Owner"]);
  assert.equal(decided(half, answer("Cy")).state, "approved");
});

test("nobody decides their own, and nobody twice", () => {
  assert.throws(() => decided(ask("900"), answer("ann")), /themselves/);
  assert.throws(() => decided(decided(ask("900"), answer("Ben")), answer("BEN")), /Somebody else/);
});

test("a refusal has a reason and ends it", () => {
  assert.throws(() => decided(ask("900"), answer("Ben", "refused")), /why/);
  const over = decided(ask("900"), answer("Ben", "refused", "Too dear"));
  assert.equal(over.state, "refused");
  assert.throws(() => decided(over, answer("Cy")), /already/);
});
