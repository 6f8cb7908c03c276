import type { Node } from "web-tree-sitter";
import { type Body, bodyOf } from "./body.ts";
import { partsOf, stringOf, valueAt } from "./nodes.ts";
import { lineOf } from "./parse.ts";

export interface Resource extends Body {
  readonly symbol: string;
  readonly line: number;
  /** With its parents' types where it is nested: `Microsoft.Storage/storageAccounts/blobServices`. */
  readonly type: string;
  readonly apiVersion: string;
  readonly existing: boolean;
  readonly name: Node | undefined;
  readonly scope: Node | undefined;
  readonly parent: Node | undefined;
}

/** A resource and those nested in it; a nested one that names no api-version has that of the one around it. */
export function resourcesOf(node: Node, around?: Resource): Resource[] {
  const [symbol, typed, value] = partsOf(node);
  const [type = "", apiVersion = around?.apiVersion ?? ""] = (stringOf(typed) ?? "").split("@");
  const body = bodyOf(value);
  const resource: Resource = {
    ...body,
    symbol: symbol?.text ?? "",
    line: lineOf(node),
    type: around === undefined ? type : `${around.type}/${type}`,
    apiVersion,
    existing: node.children.some((child) => child.type === "existing"),
    name: valueAt(body.object, "name"),
    scope: valueAt(body.object, "scope"),
    parent: valueAt(body.object, "parent"),
  };
  const nested = body.object === undefined ? [] : partsOf(body.object);
  return [
    resource,
    ...nested
      .flatMap((property) => partsOf(property))
      .filter((inner) => inner.type === "resource_declaration")
      .flatMap((inner) => resourcesOf(inner, resource)),
  ];
}
