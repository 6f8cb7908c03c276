/** How a functions app is bundled so that the Functions worker can load it. */
import type { BuildOptions } from "esbuild";

export const bundling = {
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  outExtension: { ".js": ".mjs" },
  // What is imported with `await import()` is a file of its own, and loaded by those who need it.
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  minify: true,
  // An error on one endless line would print the whole bundle.
  lineLimit: 160,
  keepNames: true,
  sourcemap: false,
  metafile: true,
  logLevel: "warning",
  // The host injects this module into the process; a bundled copy would be a private runtime nobody calls.
  external: ["@azure/functions-core"],
  // Packages that are CommonJS call `require`, which a module does not have: the bundle would throw on load, and the
  // worker would start an app with no functions and no error.
  banner: {
    js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);',
  },
} as const satisfies BuildOptions;
