/**
 * Bicep read by its grammar, since the compiler is not on every machine. The grammar is older than the language: it has
 * no `...spread`, no `extension` and no `resourceInput<>`, so the modules do without them.
 */
import { createRequire } from "node:module";
import { Language, type Node, Parser } from "web-tree-sitter";

export interface SyntaxProblem {
  readonly line: number;
  readonly text: string;
}

await Parser.init();
const require = createRequire(import.meta.url);
const grammar = require.resolve("tree-sitter-bicep/tree-sitter-bicep.wasm");
const parser = new Parser();
parser.setLanguage(await Language.load(grammar));

/** The root of the syntax tree; what could not be read is in it as errors. */
export function parseBicep(text: string): Node {
  const tree = parser.parse(text);
  if (tree === null) throw new Error("The parser of Bicep gave no tree.");
  return tree.rootNode;
}

/** A `.bicepparam` file: the grammar knows no `param x = {…}`, and reads it as a variable just as well. */
export function parseBicepParam(text: string): Node {
  return parseBicep(text.replaceAll(/^param (?=\w+ *=)/gm, "var   "));
}

export const lineOf = (node: Node): number => node.startPosition.row + 1;

/** Where the text is no Bicep: the outermost places. */
export function syntaxErrors(node: Node): SyntaxProblem[] {
  if (!node.hasError && !node.isMissing) return [];
  const isPlace = node.isMissing || node.isError;
  const inner = isPlace ? [] : node.children.flatMap(syntaxErrors);
  if (inner.length > 0 || !isPlace) return inner;
  return [{ line: lineOf(node), text: node.text.split("\n")[0] ?? "" }];
}
