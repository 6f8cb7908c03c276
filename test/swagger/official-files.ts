/**
 * Microsoft's own descriptions and examples. They are not part of this project: AZURE_OFFICIAL_FILES names the folder
 * that has them, `swagger/specification` and `examples` in it, as in https://github.com/Azure/azure-rest-api-specs.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

const folder = resolve(PROJECT, process.env["AZURE_OFFICIAL_FILES"] ?? "../shared/azure");

export const SPECIFICATION = join(folder, "swagger/specification");

export const OFFICIAL_EXAMPLES = join(folder, "examples");

export const hasOfficialFiles = existsSync(SPECIFICATION) && existsSync(OFFICIAL_EXAMPLES);

/** The title of what cannot run without them; that it is skipped is said at once, because reporters are silent on it. */
export function officially(title: string): string {
  if (hasOfficialFiles) return title;
  const skipped = `${title} (skipped: AZURE_OFFICIAL_FILES has no official files)`;
  process.stderr.write(`${skipped}\n`);
  return skipped;
}

export const officialText = (...path: string[]): string =>
  readFileSync(join(OFFICIAL_EXAMPLES, ...path), "utf8");
