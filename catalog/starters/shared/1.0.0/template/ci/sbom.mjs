// A CycloneDX bill of materials. The app depends on nothing, so its parts are its own files with their digests.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// The same as the workflow packs.
const SHIPPED = ["index.html", "icon.svg", "microapp.yaml", "src", "styles", "data"];

const files = (path) => {
  if (!statSync(path, { throwIfNoEntry: false })) return [];
  return statSync(path).isDirectory() ? readdirSync(path).sort().flatMap((name) => files(join(path, name))) : [path];
};

export const sbom = ({ name, version }, parts) => ({
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  version: 1,
  metadata: { component: { type: "application", name, version } },
  components: parts.map(({ path, content }) => ({
    type: "file",
    name: path,
    hashes: [{ alg: "SHA-256", content: createHash("sha256").update(content).digest("hex") }],
  })),
});

if (process.argv[1]?.endsWith("sbom.mjs")) {
  const app = JSON.parse(readFileSync("package.json", "utf8"));
  const parts = SHIPPED.flatMap(files).map((path) => ({ path: path.replaceAll("\\", "/"), content: readFileSync(path) }));
  writeFileSync("sbom.cdx.json", `${JSON.stringify(sbom(app, parts), null, 2)}\n`);
}
