/** The least that a functions app can be: one function that answers 200. Bundled as the app itself is. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { bundling } from "../../tools/build/bundling.ts";

const SOURCE = `
import { app } from "@azure/functions";
app.http("Empty", { authLevel: "anonymous", handler: () => ({ status: 200 }) });
`;

export async function buildEmptyApp(folder: string): Promise<void> {
  await build({
    ...bundling,
    stdin: { contents: SOURCE, resolveDir: import.meta.dirname, sourcefile: "main.js" },
    outfile: join(folder, "main.mjs"),
    splitting: false,
  });
  await writeFile(join(folder, "package.json"), JSON.stringify({ main: "main.mjs" }));
}
