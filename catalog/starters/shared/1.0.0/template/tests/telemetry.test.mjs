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
  assert.equal(isDue(store, "desk", "2026-11-27", null), true);
  assert.equal(isDue(store, "desk", "2026-11-27", "1"), false);
  store.setItem("desk-counted-on", "2026-11-27");
  assert.equal(isDue(store, "desk", "2026-11-27", null), false);
  assert.equal(isDue(store, "desk", "2026-11-28", null), true);
});

test("without an address nothing is sent", async () => {
  assert.equal(await count({ slug: "desk", telemetry: "" }, new Memory()), false);
});

test("apps that share a host are counted each, once, as visitors that nobody can match", async (context) => {
  const sent = [];
  context.mock.method(globalThis, "fetch", async (address, request) => sent.push([address, request]));
  const store = new Memory();
  const telemetry = "https://portal.example/t";
  assert.equal(await count({ slug: "one", telemetry }, store), true);
  assert.equal(await count({ slug: "two", telemetry }, store), true);
  assert.equal(await count({ slug: "one", telemetry }, store), false);
  const [first, second] = sent.map(([, request]) => JSON.parse(request.body));
  assert.deepEqual([first.app, second.app], ["one", "two"]);
  assert.notEqual(first.visitor, second.visitor);
  assert.deepEqual([sent[0][0], sent[0][1].method, sent[0][1].credentials], [telemetry, "POST", "omit"]);
});
