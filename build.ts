/**
 * Bundles the functions app into `dist`, which then holds exactly what is deployed:
 * host.json, a package.json that names the entry point, the bundle itself, and the files that it serves or reads.
 */
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundling } from "./tools/build/bundling.ts";
import { licencesOf } from "./tools/build/licences.ts";
import { functionDeclarations } from "./tools/function-declarations.ts";
import { openApiDocument } from "./tools/openapi-document.ts";

const out = new URL("./dist/", import.meta.url);
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const { metafile } = await build({
  ...bundling,
  entryPoints: { main: "src/main.ts" },
  outdir: "dist",
});

await cp("host.json", new URL("host.json", out));
await cp("LICENSE", new URL("LICENSE", out));
await cp("policies", new URL("policies/", out), { recursive: true });

const swagger = import.meta.resolve("swagger-ui-dist/package.json");
await cp("src/api-page", new URL("docs/", out), { recursive: true });
for (const name of [
  "swagger-ui.css",
  "swagger-ui-bundle.js",
  "favicon-32x32.png",
  "LICENSE",
  "NOTICE",
]) {
  await cp(new URL(name, swagger), new URL(`docs/${name}`, out));
}
const licences = licencesOf(
  Object.keys(metafile.inputs),
  fileURLToPath(new URL(".", import.meta.url)),
);
await writeFile(new URL("LICENSES.txt", out), licences);
await writeFile(new URL("openapi.json", out), JSON.stringify(openApiDocument()));
await writeFile(new URL("functions.json", out), JSON.stringify(functionDeclarations()));
// azd installs what package.json asks for, which is nothing, and takes a folder without this file for one to be built.
await writeFile(new URL(".funcignore", out), "package-lock.json\n");
await writeFile(
  new URL("package.json", out),
  `${JSON.stringify({ name: "vm-restore-points", private: true, main: "main.mjs" }, null, 2)}\n`,
);
