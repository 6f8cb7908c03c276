/** What the syntax tree of Bicep is asked: values of objects, literals, and what a declaration is decorated with. */
import type { Node } from "web-tree-sitter";

export type Literal =
  | string
  | number
  | boolean
  | null
  | readonly Literal[]
  | { readonly [key: string]: Literal };

const COMMENTS = ["comment", "diagnostic_comment"];

/** Children that say something: no punctuation, no comments. */
export const partsOf = (node: Node): Node[] =>
  node.namedChildren.filter(({ type }) => !COMMENTS.includes(type));

/** Every node at or below, in the order of the text. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const part of partsOf(node)) yield* nodesOf(part);
}

/** Text of a string that has no `${…}`, else undefined. */
export function stringOf(node: Node | undefined): string | undefined {
  if (node?.type !== "string") return undefined;
  if (node.namedChildren.some(({ type }) => type === "interpolation")) return undefined;
  if (node.text.startsWith("'''")) return node.text.slice(3, -3).replace(/^\r?\n/, "");
  return node.text.slice(1, -1).replaceAll(/\\(.)/g, "$1");
}

const keyOf = (node: Node): string => stringOf(node) ?? node.text;

/** Key and value of each property of an object; nested resources are none. */
export function propertiesOf(object: Node | undefined): [key: string, value: Node][] {
  if (object?.type !== "object") return [];
  return partsOf(object).flatMap((property): [string, Node][] => {
    const [key, value] = property.type === "object_property" ? partsOf(property) : [];
    return key === undefined || value === undefined ? [] : [[keyOf(key), value]];
  });
}

/** The value at a path of properties, such as `("properties", "siteConfig")`. */
export function valueAt(object: Node | undefined, ...path: string[]): Node | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return object;
  const found = propertiesOf(object).find(([name]) => name === key);
  return valueAt(found?.[1], ...rest);
}

/** The value of an expression without names and calls; undefined where it has one, in objects and arrays too. */
export function literalOf(node: Node | undefined): Literal | undefined {
  switch (node?.type) {
    case "string":
      return stringOf(node);
    case "number":
      return Number(node.text);
    case "boolean":
      return node.text === "true";
    case "null":
      return null;
    case "array": {
      const items = partsOf(node).map(literalOf);
      return items.includes(undefined) ? undefined : (items as Literal[]);
    }
    case "object": {
      const entries = propertiesOf(node).map(([key, value]) => [key, literalOf(value)] as const);
      if (entries.some(([, value]) => value === undefined)) return undefined;
      return Object.fromEntries(entries) as Record<string, Literal>;
    }
    default:
      return undefined;
  }
}

export interface Decorator {
  readonly name: string;
  readonly argument: Node | undefined;
}

/** What stands with `@` above a declaration. */
export function decoratorsOf(declaration: Node): Decorator[] {
  let above = declaration.previousNamedSibling;
  while (above !== null && COMMENTS.includes(above.type)) above = above.previousNamedSibling;
  if (above?.type !== "decorators") return [];
  return partsOf(above).map((decorator) => {
    const call = decorator.namedChildren[0];
    return {
      name: call?.childForFieldName("function")?.text ?? "",
      argument: call?.childForFieldName("arguments")?.namedChildren[0],
    };
  });
}
