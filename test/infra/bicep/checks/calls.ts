/** A module is called as it wants to be: it is there, gets each parameter it needs and none it does not know. */
import type { Node } from "web-tree-sitter";
import type { BicepModule } from "../module.ts";
import type { ModuleCall } from "../module-call.ts";
import { nodesOf, stringOf } from "../nodes.ts";
import { lineOf } from "../parse.ts";
import type { Check, Problem } from "./problem.ts";

export const modulesGetWhatTheyWant: Check = (module, tree) =>
  module.modules.flatMap((call) => {
    const called = tree.moduleAt(module, call.path);
    if (called !== undefined) return parametersOf(call, called);
    return [{ line: call.line, message: `module ${call.path} is not there` }];
  });

function parametersOf({ symbol, line, params }: ModuleCall, called: BicepModule): Problem[] {
  const known = new Set(called.params.map(({ name }) => name));
  const unknown = [...params.keys()].filter((name) => !known.has(name));
  const missing = called.params.filter(({ name, required }) => required && !params.has(name));
  return [
    ...unknown.map((name) => ({ line, message: `module ${symbol} has no parameter ${name}` })),
    ...missing.map(({ name }) => ({ line, message: `module ${symbol} is not given ${name}` })),
  ];
}

export const usedOutputsExist: Check = (module, tree) =>
  outputsUsed(module).flatMap(({ call, output, line }) => {
    const called = tree.moduleAt(module, call.path);
    if (called === undefined || called.outputs.some(({ name }) => name === output)) return [];
    return [{ line, message: `module ${call.symbol} has no output ${output}` }];
  });

interface OutputUse {
  readonly call: ModuleCall;
  readonly output: string;
  readonly line: number;
}

/** `host.outputs.name`, `hosts[0].outputs.name`, `host.?outputs.name`. */
function outputsUsed(module: BicepModule): OutputUse[] {
  const calls = new Map(module.modules.map((call) => [call.symbol, call]));
  return [...nodesOf(module.root)].flatMap((node) => {
    const outputs = memberOf(node);
    const owner = outputs === undefined ? undefined : memberOf(outputs.object);
    if (outputs === undefined || owner?.property !== "outputs") return [];
    const call = calls.get(owner.object.text.split(/[[!]/)[0] ?? "");
    return call === undefined ? [] : [{ call, output: outputs.property, line: lineOf(node) }];
  });
}

function memberOf(node: Node): { object: Node; property: string } | undefined {
  if (node.type !== "member_expression") return undefined;
  const object = node.childForFieldName("object");
  const property = node.childForFieldName("property");
  return object === null || property === null ? undefined : { object, property: property.text };
}

/** `loadJsonContent` and its like are given a file that is there. */
export const loadedFilesExist: Check = (module, tree) =>
  module.references
    .filter(({ kind, name }) => kind === "function" && name.startsWith("load"))
    .flatMap(({ given, line }) => {
      const path = stringOf(given[0]);
      if (path !== undefined && tree.fileExists(module, path)) return [];
      return [{ line, message: `file ${path ?? "of no plain name"} is not there` }];
    });
