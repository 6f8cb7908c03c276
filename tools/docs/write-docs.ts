/** `npm run docs`: writes the parts of the documentation that follow from the code. */
import { readFile, writeFile } from "node:fs/promises";
import { withAccessTable } from "./access-table.ts";

const file = new URL("../../docs/api.md", import.meta.url);
await writeFile(file, withAccessTable(await readFile(file, "utf8")));
console.log("docs/api.md is up to date.");
