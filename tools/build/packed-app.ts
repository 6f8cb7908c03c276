/** A folder as a zip, the same bytes for the same files: no time of a build is in it. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { zipSync } from "fflate";

/** The oldest that a zip can tell. */
const MTIME = new Date(1980, 0, 1);

export function packedApp(folder: string): Uint8Array {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return zipSync(Object.fromEntries(files), { level: 9, mtime: MTIME });
}
