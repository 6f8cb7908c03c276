/** A Bicep module as the checks see it: what it declares, and what it refers to. */
import { readFileSync } from "node:fs";
import type { Node } from "web-tree-sitter";
import { type ModuleCall, moduleCallOf } from "./module-call.ts";
import { decoratorsOf, partsOf, stringOf } from "./nodes.ts";
import { type Param, paramOf } from "./param.ts";
import { lineOf, parseBicep, type SyntaxProblem, syntaxErrors } from "./parse.ts";
import { type Reference, referencesOf } from "./references.ts";
import { type Resource, resourcesOf } from "./resource.ts";

/** A variable, an output, a type or a function. */
interface Declaration {
  readonly name: string;
  readonly line: number;
  /** What stands behind the `=`. */
  readonly value: Node;
  readonly description?: string | undefined;
}

export interface BicepModule {
  /** As it was given: to tell where a mistake is, and to find what the module loads. */
  readonly path: string;
  readonly targetScope: string;
  readonly params: readonly Param[];
  readonly variables: readonly Declaration[];
  readonly types: readonly Declaration[];
  readonly functions: readonly Declaration[];
  /** Nested ones too. */
  readonly resources: readonly Resource[];
  readonly modules: readonly ModuleCall[];
  readonly outputs: readonly Declaration[];
  /** Names used where they must be declared somewhere: in values, types, calls and decorators. */
  readonly references: readonly Reference[];
  readonly syntaxErrors: readonly SyntaxProblem[];
  readonly root: Node;
}

export const readModule = (path: string): BicepModule => moduleOf(path, readFileSync(path, "utf8"));

export function moduleOf(path: string, text: string): BicepModule {
  const root = parseBicep(text);
  const statements = partsOf(root);
  const of = (type: string) => statements.filter((node) => node.type === type);
  const scope = of("target_scope_assignment")[0]?.namedChildren[0];
  return {
    path,
    root,
    targetScope: stringOf(scope) ?? "resourceGroup",
    params: of("parameter_declaration").map(paramOf),
    variables: of("variable_declaration").map(declarationOf),
    types: of("type_declaration").map(declarationOf),
    functions: of("user_defined_function").map(declarationOf),
    resources: of("resource_declaration").flatMap((node) => resourcesOf(node)),
    modules: of("module_declaration").map(moduleCallOf),
    outputs: of("output_declaration").map(declarationOf),
    references: referencesOf(root),
    syntaxErrors: syntaxErrors(root),
  };
}

function declarationOf(node: Node): Declaration {
  const parts = partsOf(node);
  const description = decoratorsOf(node).find(({ name }) => name === "description");
  return {
    name: parts[0]?.text ?? "",
    line: lineOf(node),
    value: parts.at(-1) ?? node,
    description: stringOf(description?.argument),
  };
}
