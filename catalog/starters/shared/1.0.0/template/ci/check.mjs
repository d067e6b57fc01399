// Looks at what the company asks of every app: its contract, no secrets, no host that the contract does not name.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const FIELDS = ["name", "purpose", "justification", "owner", "second_owner", "contact", "business_unit", "cost_centre",
  "data_classification", "audience_size", "sla_tier", "dependencies", "lifespan_days"];
const SECRET = new RegExp(["AKIA[0-9A-Z]{16}", "-----BEGIN [A-Z ]*PRIVATE KEY-----", "gh[pousr]_[A-Za-z0-9]{30,}", "github_pat_[A-Za-z0-9_]{40,}",
  "glpat-[A-Za-z0-9_-]{20,}", "xox[abp]-[A-Za-z0-9-]{20,}", "AIza[A-Za-z0-9_-]{35}", "sk_live_[A-Za-z0-9]{20,}"].join("|"));
const HOST = /(?:https?|wss?):\/\/([a-z0-9.-]+)/gi;

/** A field with something in it: on its own line, or indented below it. */
const says = (manifest, field) => new RegExp(`^${field}:(?:[ ]+(?=\\S)(?!(?:""|''|null|~)[ ]*$)|[ ]*\\n(?:[ ]+|- )\\S)`, "m").test(manifest);

/** The sentences of what is wrong with a manifest; none when it is whole. */
export const gaps = (manifest) => FIELDS.filter((field) => !says(manifest, field)).map((field) => `microapp.yaml lacks “${field}”.`);

/** A host as a whole word: “a.co” does not stand in “a.company”, nor in “data.a.co”. */
const names = (manifest, host) => new RegExp(`(?<![\\w.-])${host.replaceAll(".", "\\.")}(?![\\w-]|\\.\\w)`, "i").test(manifest);

/** Hosts that a text calls and the manifest does not name. */
export const strangers = (text, manifest, known) =>
  [...new Set([...text.matchAll(HOST)].map((match) => match[1]))].filter(
    (host) => !names(manifest, host) && !known.includes(host),
  );

const files = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if ([".git", "node_modules", "dist"].includes(name)) return [];
    return statSync(path).isDirectory() ? files(path) : [path];
  });

export const check = (root) => {
  const manifest = readFileSync(join(root, "microapp.yaml"), "utf8");
  const config = readFileSync(join(root, "src/config.mjs"), "utf8");
  const known = ["www.w3.org", ...[...config.matchAll(HOST)].map((match) => match[1])]; // the name space of SVG is no call
  const found = gaps(manifest);
  for (const path of files(root)) {
    const text = readFileSync(path, "utf8");
    if (SECRET.test(text)) found.push(`${path} holds what looks like a secret. Take it out and make a new one.`);
    if (/(index\.html|src[/\\].*\.mjs)$/.test(path)) {
      for (const host of strangers(text, manifest, known)) found.push(`${path} calls ${host}, which microapp.yaml does not name.`);
    }
  }
  return found;
};

if (process.argv[1]?.endsWith("check.mjs")) {
  const found = check(".");
  found.forEach((sentence) => console.error(sentence));
  console.log(found.length ? `${found.length} to put right` : "The contract is whole.");
  process.exitCode = found.length ? 1 : 0;
}
