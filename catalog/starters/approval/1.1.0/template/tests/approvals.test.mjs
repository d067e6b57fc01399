import assert from "node:assert/strict";
import test from "node:test";

import { again, amountOf, decided, isRequest, opened, problems, routeOf, sentenceOf, waitsFor } from "../src/approvals.mjs";
import { samples } from "../src/samples.mjs";

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

test("what is sent back has a reason and can be asked anew", () => {
  assert.throws(() => decided(ask("900"), answer("Ben", "returned")), /sent back/);
  const back = decided(ask("900"), answer("Ben", "returned", "Which ones?"));
  assert.equal(back.state, "returned");
  assert.deepEqual(opened(again(back), RULES, 2, "2026-11-29").decisions, []);
});

test("what may not be names the field it is about", () => {
  assert.throws(() => decided(ask("20"), answer(" ")), { field: "by" });
  assert.throws(() => decided(ask("20"), answer("Ben", "refused")), { field: "reason" });
});

test("what became of it ends a sentence", () => {
  assert.equal(sentenceOf(ask("20")), "now Lead decides");
  assert.equal(sentenceOf(decided(ask("20"), answer("Ben"))), "approved");
  assert.equal(sentenceOf(decided(ask("20"), answer("Ben", "returned", "Which colour?"))), "sent back");
});

test("samples show each stage, in one step or two", () => {
  for (const steps of [["Lead", "Owner"], ["Lead"]]) {
    const rows = samples({ limit: 30, steps }, "2026-11-27");
    assert.ok(rows.every((row) => row.sample && isRequest(row)));
    assert.deepEqual(rows.map((row) => row.state), ["open", "open", "approved"]);
  }
  assert.ok(samples({ limit: 1, steps: ["Lead", "Owner"] }, "2026-11-27").every((row) => row.amount > 0));
  assert.equal(isRequest({ number: 1, what: "Chairs" }), false);
});
