/** All modules below a folder, and what they may load. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BicepModule, moduleOf, readModule } from "./module.ts";

export const INFRA = fileURLToPath(new URL("../../../infra/bicep", import.meta.url));

export interface BicepTree {
  readonly modules: readonly BicepModule[];
  /** Of a path as a module writes it. */
  moduleAt(from: BicepModule, path: string): BicepModule | undefined;
  fileExists(from: BicepModule, path: string): boolean;
}

const besides = (from: BicepModule, path: string) => join(dirname(from.path), path);

export function readTree(folder: string): BicepTree {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const modules = files
    .filter((file) => file.endsWith(".bicep"))
    .sort()
    .map((file) => readModule(join(folder, file)));
  return {
    modules,
    moduleAt: (from, path) => modules.find((module) => module.path === besides(from, path)),
    fileExists: (from, path) => existsSync(besides(from, path)),
  };
}

/** Of texts, for what a test plants; the other files that there are have no content. */
export function treeOf(texts: Readonly<Record<string, string>>): BicepTree {
  const modules = Object.entries(texts)
    .filter(([path]) => path.endsWith(".bicep"))
    .map(([path, text]) => moduleOf(path, text));
  return {
    modules,
    moduleAt: (from, path) => modules.find((module) => module.path === besides(from, path)),
    fileExists: (from, path) => Object.hasOwn(texts, besides(from, path)),
  };
}
