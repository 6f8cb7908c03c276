/** Templates of `infra/bicep`, and what is written in them. */
import { fileURLToPath } from "node:url";
import type { Node } from "web-tree-sitter";
import { type BicepModule, readModule } from "./bicep/module.ts";
import { type Literal, literalOf } from "./bicep/nodes.ts";

/** `path` below `infra/bicep`. */
export const template = (path: string): BicepModule =>
  readModule(fileURLToPath(new URL(`../../infra/bicep/${path}`, import.meta.url)));

/** What stands behind the `=` of a variable. */
export function variable({ variables, path }: BicepModule, name: string): Node {
  const found = variables.find((declared) => declared.name === name);
  if (found === undefined) throw new Error(`${path} has no variable ${name}.`);
  return found.value;
}

export const literal = (module: BicepModule, name: string): Literal | undefined =>
  literalOf(variable(module, name));
