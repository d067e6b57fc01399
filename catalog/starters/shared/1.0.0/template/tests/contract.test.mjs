import assert from "node:assert/strict";
import test from "node:test";

import { gaps, strangers } from "../ci/check.mjs";
import { sbom } from "../ci/sbom.mjs";

test("a field that is empty is as good as absent", () => {
  const said = gaps('name: Desk\npurpose: ""\njustification:\nowner: \'\'\ncontact: ~\ndependencies:\n  hosts: []\n').join(" ");
  for (const field of ["purpose", "justification", "owner", "contact"]) assert.ok(said.includes(`“${field}”`), field);
  for (const field of ["name", "dependencies"]) assert.ok(!said.includes(`“${field}”`), field);
});

test("a host is named as a whole or not at all", () => {
  const manifest = "dependencies:\n  hosts: [data.company.example, api.example]\n";
  assert.deepEqual(strangers("https://data.company.example/x wss://api.example", manifest, []), []);
  assert.deepEqual(strangers("https://data.comp https://company.example", manifest, []), ["data.comp", "company.example"]);
  assert.deepEqual(strangers("https://portal.example/t", manifest, ["portal.example"]), []);
});

test("the bill of materials lists each part with its digest", () => {
  const listed = sbom({ name: "desk", version: "1.0.0" }, [{ path: "src/app.mjs", content: "" }]);
  assert.equal(listed.bomFormat, "CycloneDX");
  assert.deepEqual(listed.components.map((part) => part.name), ["src/app.mjs"]);
  assert.match(listed.components[0].hashes[0].content, /^e3b0c442/);
});
