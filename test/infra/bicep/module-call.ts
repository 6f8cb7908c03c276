import type { Node } from "web-tree-sitter";
import { type Body, bodyOf } from "./body.ts";
import { partsOf, propertiesOf, stringOf, valueAt } from "./nodes.ts";
import { lineOf } from "./parse.ts";

/** A use of another module. */
export interface ModuleCall extends Body {
  readonly symbol: string;
  readonly line: number;
  /** As written: relative to the module that uses it. */
  readonly path: string;
  readonly params: ReadonlyMap<string, Node>;
  readonly scope: Node | undefined;
}

export function moduleCallOf(node: Node): ModuleCall {
  const [symbol, path, value] = partsOf(node);
  const body = bodyOf(value);
  return {
    ...body,
    symbol: symbol?.text ?? "",
    line: lineOf(node),
    path: stringOf(path) ?? "",
    params: new Map(propertiesOf(valueAt(body.object, "params"))),
    scope: valueAt(body.object, "scope"),
  };
}
