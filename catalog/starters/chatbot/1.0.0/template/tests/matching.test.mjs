import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { lookUp } from "../src/lookup.mjs";
import { best, candidates, score, words } from "../src/matching.mjs";

const ANSWERS = JSON.parse(readFileSync(new URL("../data/answers.json", import.meta.url), "utf8"));

test("case, accents and endings do not matter", () => assert.deepEqual(words("Bookings at the Hôtel, or is it?"), ["booking", "the", "hotel"]));

test("a question finds its answer", () => {
  assert.equal(best("May I travel first class by train?", ANSWERS).topic, "Train tickets");
  assert.equal(best("how much for a HOTEL room", ANSWERS).topic, "Hotels");
});

test("what is not known is not guessed", () => assert.equal(best("What is for lunch?", ANSWERS), null));

test("two that fit equally are both named", () => {
  assert.equal(best("hotel receipt", ANSWERS), null);
  assert.deepEqual(candidates("hotel receipt", ANSWERS).map((one) => one.topic), ["Hotels", "Receipts"]);
});

test("every topic finds itself", () => {
  for (const one of ANSWERS) assert.equal(best(one.topic, ANSWERS).topic, one.topic);
});

test("every answer has a source", () => assert.ok(ANSWERS.every((one) => one.answer && one.source && one.words.length)));

test("points are words in common", () => assert.equal(score("train ticket", ANSWERS[0]), 2));

test("nothing is looked up without an address", async () => assert.equal(await lookUp("", "x"), ""));

test("a system is asked with the question, and its answer is text", async () => {
  const asked = [];
  const reply = (ok, body) => async (address) => { asked.push(String(address)); return { ok, status: 500, json: async () => body }; };
  assert.equal(await lookUp("https://api.example.org/a", "till 4", reply(true, { text: "Fine" })), "Fine");
  assert.equal(asked[0], "https://api.example.org/a?q=till+4");
  await assert.rejects(lookUp("https://api.example.org/a", "x", reply(false, {})), /500/);
});
