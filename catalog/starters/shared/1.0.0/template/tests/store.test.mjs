import assert from "node:assert/strict";
import test from "node:test";

import { Store, cell, csv, rowsOf } from "../src/store.mjs";

const memory = (text) => ({ getItem: () => text, setItem: () => { throw new Error("full"); } });

test("what cannot be read is as if nothing were there", () => {
  assert.deepEqual(new Store("x", memory("{"), [1]).rows, [1]);
  assert.deepEqual(new Store("x", memory('{"a":1}'), []).rows, []);
  assert.deepEqual(new Store("x", memory("[1,2]"), []).rows, [1, 2]);
});

test("a browser that refuses to keep says so", () => {
  assert.equal(new Store("x", memory("[]")).write([1]), false);
});

test("a cell is no formula, and quotes stay what they are", () => {
  assert.equal(cell("=1+1"), "'=1+1");
  assert.equal(cell(" @SUM(A1)"), "' @SUM(A1)");
  assert.equal(cell('a "b", c'), '"a ""b"", c"');
  assert.equal(csv(["a"], [{ a: -1 }, { a: null }]), "a\r\n'-1\r\n\r\n");
});

test("a copy is read back, and anything else is refused with a sentence", () => {
  const fits = (row) => typeof row.number === "number";
  assert.deepEqual(rowsOf('[{"number":1}]', fits), [{ number: 1 }]);
  for (const text of ["", "{}", "[1]", "[null]", '[{"number":"1"}]']) assert.throws(() => rowsOf(text, fits), /no copy of this app/);
});
