import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { documentedErrors } from "../../../local/arm/rules/documented-errors.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const proofs = readFileSync(join(ROOT, "docs/emulator.md"), "utf8").split("\n## Proofs\n")[1] ?? "";

/** `file.test.ts`: words of a test's title */
const rows = [...proofs.matchAll(/\| `([\w-]+\.test\.ts)`: (.+?) \|$/gm)].map(
  ([, file = "", words = ""]) => ({ file, words }),
);

const tests = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => ({ name: basename(path), text: readFileSync(join(ROOT, "test", path), "utf8") }));

test("the emulator's documentation names its proofs", () => {
  expect(rows.length).toBeGreaterThan(150);
});

test.each(rows)("$file has a test of these words: $words", ({ file, words }) => {
  const named = tests.filter(({ name, text }) => name === file && text.includes(words));
  expect(named.map(({ name }) => name)).toContain(file);
});

test.each(Object.entries(documentedErrors))("the error %s is among them", (name, { code }) => {
  expect(proofs).toContain(`| \`${code}\` | \`${name}\` |`);
});
