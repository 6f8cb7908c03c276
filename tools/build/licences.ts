/** The licences of the packages that a bundle is made of, as one text. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LICENCE_FILE = /^(licen[cs]e|notice|thirdpartynotices?|copying)/i;
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/** `inputs`: the files of the bundle, relative to `root`. Throws for a package that says no licence at all. */
export function licencesOf(inputs: readonly string[], root: string): string {
  const folders = new Set(inputs.flatMap((input) => PACKAGE.exec(input)?.[0] ?? []));
  const texts = [...folders].map((folder) => licenceOf(join(root, folder)));
  return `${[...new Set(texts)].sort().join(`\n${"=".repeat(80)}\n\n`)}`;
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (license === undefined && texts.length === 0) throw new Error(`${name} has no licence.`);
  return [`${name} ${version} (${license ?? "see below"})`, ...texts, ""].join("\n\n");
}
