import type { Node } from "web-tree-sitter";
import type { Problem } from "./checks/problem.ts";
import type { BicepModule } from "./module.ts";
import { partsOf, stringOf } from "./nodes.ts";
import { lineOf, parseBicepParam, syntaxErrors } from "./parse.ts";

/** A `.bicepparam` file. */
export interface ParamsFile {
  /** The module that it is for, as written. */
  readonly using: string | undefined;
  readonly params: ReadonlyMap<string, Node>;
  readonly problems: readonly Problem[];
}

export function paramsFileOf(text: string): ParamsFile {
  const root = parseBicepParam(text);
  const statements = partsOf(root);
  const using = statements.find(({ type }) => type === "using_statement")?.namedChildren[0];
  const given = statements.filter(({ type }) => type === "variable_declaration").map(partsOf);
  return {
    using: stringOf(using),
    params: new Map(
      given.flatMap(([name, value]) => (name && value ? [[name.text, value] as const] : [])),
    ),
    problems: syntaxErrors(root).map((error) => ({
      line: error.line,
      message: `is no Bicep: ${error.text.replace(/^var {3}/, "param ")}`,
    })),
  };
}

/** What is wrong with the parameters that a module is given. */
export function problemsOf(file: ParamsFile, module: BicepModule): Problem[] {
  const known = new Set(module.params.map(({ name }) => name));
  const unknown = [...file.params].filter(([name]) => !known.has(name));
  const missing = module.params.filter(({ name, required }) => required && !file.params.has(name));
  return [
    ...file.problems,
    ...unknown.map(([name, node]) => ({ line: lineOf(node), message: `no parameter ${name}` })),
    ...missing.map(({ name }) => ({ line: 1, message: `${name} is not given` })),
  ];
}
