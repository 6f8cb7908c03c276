/**
 * What a client sends, as the newest version spells it: Azure does not mind the casing of names, a restore point of
 * 2021-03-01 has its properties beside its name, and Azure's own README of crash-consistent ones says `property`.
 */
import { isJsonObject, type JsonObject } from "./json-object.ts";
import { knownTypeOf } from "./known-properties.ts";
import type { KnownType } from "./known-type.ts";
import { NESTED_SINCE, type ShapedType } from "./shape.ts";

export function requestBodyOf(type: ShapedType, body: unknown, apiVersion: string): unknown {
  const knownType = knownTypeOf(type, apiVersion);
  const spelled = knownType ? respelled(body, knownType) : body;
  return type === "restorePoint" && isJsonObject(spelled) ? nested(spelled, apiVersion) : spelled;
}

function respelled(value: unknown, type: KnownType): unknown {
  // Nothing that Azure knows is a list of lists.
  if (Array.isArray(value)) {
    return value.map((each) => (Array.isArray(each) ? each : respelled(each, type)));
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const property = type.properties.get(name.toLowerCase());
      return [property?.name ?? name, property?.type ? respelled(inner, property.type) : inner];
    }),
  );
}

const ENVELOPE = ["id", "name", "type", "location", "tags", "etag", "systemData"];

function nested(body: JsonObject, apiVersion: string): JsonObject {
  const { property, ...rest } = body;
  if ("properties" in body) return rest;
  if (property !== undefined) return { ...rest, properties: property };
  if (apiVersion >= NESTED_SINCE) return body;
  const isEnvelope = ([name]: [string, unknown]) => ENVELOPE.includes(name);
  const entries = Object.entries(body);
  const properties = Object.fromEntries(entries.filter((entry) => !isEnvelope(entry)));
  return { ...Object.fromEntries(entries.filter(isEnvelope)), properties };
}
