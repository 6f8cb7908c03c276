/** The first property of a request that Azure would not know. */
import { isJsonObject, type JsonObject } from "./json-object.ts";
import type { KnownType } from "./known-type.ts";

export interface UnknownProperty {
  /** As the client spells it. */
  readonly path: readonly (string | number)[];
  readonly name: string;
  /** The type that does not have it. */
  readonly on: string;
}

interface Place {
  readonly path: readonly (string | number)[];
  /** As Azure spells it, without indexes. */
  readonly official: readonly string[];
}

/** `isYounger`: whether the property at this path, spelled as Azure spells it, came after the request's api-version. */
export function unknownProperty(
  body: unknown,
  type: KnownType,
  isYounger: (path: string) => boolean,
): UnknownProperty | undefined {
  return search(body, type, { path: [], official: [] }, isYounger);
}

function search(
  value: unknown,
  type: KnownType,
  place: Place,
  isYounger: (path: string) => boolean,
): UnknownProperty | undefined {
  if (Array.isArray(value)) return searchItems(value, type, place, isYounger);
  if (!isJsonObject(value)) return undefined;
  return ownUnknown(value, type, place, isYounger) ?? innerUnknown(value, type, place, isYounger);
}

function searchItems(
  items: readonly unknown[],
  type: KnownType,
  { path, official }: Place,
  isYounger: (path: string) => boolean,
): UnknownProperty | undefined {
  for (const [index, item] of items.entries()) {
    // Nothing that Azure knows is a list of lists.
    if (Array.isArray(item)) continue;
    const found = search(item, type, { path: [...path, index], official }, isYounger);
    if (found) return found;
  }
  return undefined;
}

/** ARM reads the whole envelope before anything in it is read, and Compute object by object. */
function ownUnknown(
  value: JsonObject,
  type: KnownType,
  { path, official }: Place,
  isYounger: (path: string) => boolean,
): UnknownProperty | undefined {
  const name = Object.keys(value).find((each) => {
    const property = type.properties.get(each.toLowerCase());
    return property === undefined || isYounger([...official, property.name].join("."));
  });
  return name === undefined ? undefined : { path: [...path, name], name, on: type.name };
}

function innerUnknown(
  value: JsonObject,
  type: KnownType,
  { path, official }: Place,
  isYounger: (path: string) => boolean,
): UnknownProperty | undefined {
  for (const [name, inner] of Object.entries(value)) {
    const property = type.properties.get(name.toLowerCase());
    if (property?.type === undefined) continue;
    const place = { path: [...path, name], official: [...official, property.name] };
    const found = search(inner, property.type, place, isYounger);
    if (found) return found;
  }
  return undefined;
}
