import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";

const root = new URL("../", import.meta.url);
const page = readFileSync(new URL("index.html", root), "utf8");

test("the page has a language, a title and one heading", () => {
  assert.match(page, /<html lang="[a-z-]+"/);
  assert.match(page, /<title>[^<]+<\/title>/);
  assert.equal(page.match(/<h1[ >]/g)?.length, 1);
});

test("nothing runs or is styled from inside the page", () => {
  assert.match(page, /http-equiv="Content-Security-Policy"/);
  assert.doesNotMatch(page, /<script(?![^>]*\ssrc=)[^>]*>/);
  assert.doesNotMatch(page, /<style|\sstyle=|\son[a-z]+=/);
  assert.doesNotMatch(page, /(src="|<link[^>]*href=")https?:/);
});

test("every file the page asks for is there", () => {
  const asked = [...page.matchAll(/(?:src|href)="([^"#:]+)"/g)].map((match) => match[1]);
  assert.ok(asked.length >= 3);
  for (const path of asked) assert.ok(existsSync(new URL(path, root)), path);
});
