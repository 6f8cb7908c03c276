import type { Node } from "web-tree-sitter";
import { partsOf } from "./nodes.ts";

export interface Body {
  readonly object: Node | undefined;
  /** Is there more than once, or none at all. */
  readonly repeated: boolean;
  readonly conditional: boolean;
}

/** What a resource or a module is made of, below its `if` and its `for`. */
export function bodyOf(node: Node | undefined): Body {
  switch (node?.type) {
    case "for_statement":
      return { ...bodyOf(node.childForFieldName("body") ?? undefined), repeated: true };
    case "if_statement":
      return { ...bodyOf(partsOf(node).at(-1)), conditional: true };
    default:
      return { object: node, repeated: false, conditional: false };
  }
}
