/**
 * Bundles the functions app into `dist`, which then holds exactly what is deployed:
 * host.json, a package.json that names the entry point, the bundle itself, and the files that it serves or reads.
 */
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { openApiDocument } from "./tools/openapi-document.ts";

const out = new URL("./dist/", import.meta.url);
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

await build({
  entryPoints: ["src/main.ts"],
  outfile: "dist/main.cjs",
  bundle: true,
  platform: "node",
  target: "node24",
  format: "cjs",
  minify: true,
  // An error on one endless line would print the whole bundle.
  lineLimit: 160,
  keepNames: true,
  sourcemap: false,
  logLevel: "warning",
  // The host injects this module into the process; a bundled copy would be a private runtime nobody calls.
  external: ["@azure/functions-core"],
  // @azure/storage-common calls createRequire(import.meta.url), which a CommonJS bundle leaves undefined:
  // the bundle would throw on load, and the worker would start an app with no functions and no error.
  define: { "import.meta.url": "importMetaUrl" },
  banner: { js: 'const importMetaUrl=require("node:url").pathToFileURL(__filename).href;' },
});

await cp("host.json", new URL("host.json", out));
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
await writeFile(new URL("openapi.json", out), JSON.stringify(openApiDocument()));
await writeFile(
  new URL("package.json", out),
  `${JSON.stringify({ name: "vm-restore-points", private: true, main: "main.cjs" }, null, 2)}\n`,
);
