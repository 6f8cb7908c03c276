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

/** For the title of what cannot run without them. */
export const officially = (title: string): string =>
  hasOfficialFiles ? title : `${title} (skipped: AZURE_OFFICIAL_FILES has no official files)`;

export const officialText = (...path: string[]): string =>
  readFileSync(join(OFFICIAL_EXAMPLES, ...path), "utf8");
