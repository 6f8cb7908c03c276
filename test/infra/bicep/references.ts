/** The names that a module uses, without those that a `for` or a lambda makes for itself. */
import type { Node } from "web-tree-sitter";
import { partsOf } from "./nodes.ts";
import { lineOf } from "./parse.ts";

export interface Reference {
  readonly kind: "value" | "function" | "type" | "decorator";
  readonly name: string;
  readonly line: number;
  /** Of a function or a decorator: what it is given. */
  readonly given: readonly Node[];
}

type Locals = ReadonlySet<string>;

export const referencesOf = (root: Node): Reference[] => walk(root, new Set());

const walkAll = (nodes: readonly Node[], locals: Locals): Reference[] =>
  nodes.flatMap((node) => walk(node, locals));

function walk(node: Node, locals: Locals): Reference[] {
  const parts = partsOf(node);
  switch (node.type) {
    case "identifier":
      return locals.has(node.text) || node.text === "" ? [] : [valueOrCall(node)];
    case "parameter_declaration":
    case "output_declaration":
      return [...typesIn(parts[1]), ...walkAll(parts.slice(2), locals)];
    case "type_declaration":
      return parts.slice(1).flatMap(typesIn);
    case "user_defined_function":
      return functionBody(parts, locals);
    case "variable_declaration":
    case "metadata_declaration":
    case "resource_declaration":
    case "module_declaration":
      return walkAll(parts.slice(1), locals);
    case "import_functionality":
      return [];
    case "object_property":
      return propertyValue(parts, locals);
    case "decorator":
    case "call_expression":
      return call(node, locals);
    case "for_statement":
      return loop(node, locals);
    case "lambda_expression":
      return walkAll(parts.slice(1), withNames(locals, parts[0]));
    default:
      return walkAll(parts, locals);
  }
}

function referenceTo(kind: Reference["kind"], node: Node, given: readonly Node[] = []): Reference {
  return { kind, name: node.text, line: lineOf(node), given };
}

/** The grammar takes `[f(x)]` for a name and, behind it, something in parentheses: there is no space between the two. */
function valueOrCall(node: Node): Reference {
  const next = node.nextSibling;
  const isCall = next?.startIndex === node.endIndex && next.text.startsWith("(");
  return isCall ? referenceTo("function", node, partsOf(next)) : referenceTo("value", node);
}

/** The key of a property is no reference, except what it interpolates. */
function propertyValue([key, ...rest]: Node[], locals: Locals): Reference[] {
  if (key === undefined) return [];
  const isName = rest.length > 0 && key.type !== "string";
  return walkAll(isName ? rest : [key, ...rest], locals);
}

function call(node: Node, locals: Locals): Reference[] {
  const isDecorator = node.type === "decorator";
  const inner = isDecorator ? node.namedChildren[0] : node;
  const called = inner?.childForFieldName("function");
  const list = inner?.childForFieldName("arguments");
  const given = list ? partsOf(list) : [];
  const self =
    called?.type === "identifier"
      ? [referenceTo(isDecorator ? "decorator" : "function", called, given)]
      : walkAll(called ? [called] : [], locals);
  return [...self, ...walkAll(given, locals)];
}

function loop(node: Node, locals: Locals): Reference[] {
  const body = node.childForFieldName("body");
  const [names, ...rest] = partsOf(node);
  const over = rest.filter(({ id }) => id !== body?.id);
  const inside = body === null ? [] : walk(body, withNames(locals, names));
  return [...walkAll(over, locals), ...inside];
}

function withNames(locals: Locals, names: Node | undefined): Locals {
  if (names === undefined) return locals;
  const own = names.namedChildCount === 0 ? [names] : partsOf(names);
  return new Set([...locals, ...own.map(({ text }) => text)]);
}

function functionBody(parts: Node[], locals: Locals): Reference[] {
  const own = parts.filter(({ type }) => type === "parameters").flatMap(partsOf);
  const names = own.map((parameter) => partsOf(parameter)[0]?.text ?? "");
  const types = [
    ...own.flatMap((parameter) => typesIn(partsOf(parameter)[1])),
    ...typesIn(parts.at(-2)),
  ];
  return [...types, ...walkAll(parts.slice(-1), new Set([...locals, ...names]))];
}

/** In a type, each name is one of a type; keys of its properties are not. */
function typesIn(node: Node | undefined): Reference[] {
  if (node === undefined) return [];
  if (node.type === "identifier") return node.text === "" ? [] : [referenceTo("type", node)];
  if (node.type === "decorators") return walk(node, new Set());
  const parts = partsOf(node);
  return (node.type === "object_property" ? parts.slice(1) : parts).flatMap(typesIn);
}
