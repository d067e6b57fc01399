import assert from "node:assert/strict";
import test from "node:test";

import { count, hash, isDue, report } from "../src/telemetry.mjs";

class Memory {
  values = new Map();
  getItem = (key) => this.values.get(key) ?? null;
  setItem = (key, value) => this.values.set(key, value);
}

test("a report says which app and nothing of who", async () => {
  const said = JSON.parse(report("desk", await hash("x desk")));
  assert.deepEqual(Object.keys(said), ["app", "visitor"]);
  assert.match(said.visitor, /^[0-9a-f]{64}$/);
});

test("a browser is counted once a day, and not when it asks to be left alone", () => {
  const store = new Memory();
  assert.equal(isDue(store, "2026-11-27", null), true);
  assert.equal(isDue(store, "2026-11-27", "1"), false);
  store.setItem("counted-on", "2026-11-27");
  assert.equal(isDue(store, "2026-11-27", null), false);
  assert.equal(isDue(store, "2026-11-28", null), true);
});

test("without an address nothing is sent", async () => {
  assert.equal(await count({ slug: "desk", telemetry: "" }, new Memory()), false);
});
