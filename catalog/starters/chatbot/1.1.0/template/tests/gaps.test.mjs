import assert from "node:assert/strict";
import test from "node:test";

import { noted } from "../src/gaps.mjs";

test("a question is noted once, the latest first", () => {
  assert.deepEqual(noted(["Lunch?", "Parking?"], "parking?"), ["parking?", "Lunch?"]);
});

test("the list has an end", () => assert.equal(noted(["a", "b", "c"], "d", 2).length, 2));
