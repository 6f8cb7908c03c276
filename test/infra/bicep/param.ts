import type { Node } from "web-tree-sitter";
import { decoratorsOf, type Literal, literalOf, partsOf, stringOf } from "./nodes.ts";
import { lineOf } from "./parse.ts";

export interface Param {
  readonly name: string;
  readonly line: number;
  /** As written: `string`, `string?`, `'on' | 'off'`. */
  readonly type: string;
  readonly description: string | undefined;
  readonly default: Node | undefined;
  /** Neither a default nor nullable: who uses the module gives it. */
  readonly required: boolean;
  readonly secure: boolean;
  readonly allowed: Literal | undefined;
}

export function paramOf(node: Node): Param {
  const [name, type, value] = partsOf(node);
  const decorators = new Map(decoratorsOf(node).map((item) => [item.name, item.argument]));
  const typeText = type?.text ?? "";
  return {
    name: name?.text ?? "",
    line: lineOf(node),
    type: typeText,
    description: stringOf(decorators.get("description")),
    default: value,
    required: value === undefined && !typeText.endsWith("?"),
    secure: decorators.has("secure"),
    allowed: literalOf(decorators.get("allowed")),
  };
}
