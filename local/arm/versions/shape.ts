/**
 * What is answered, in the shape of the api-version that asks: properties that it does not know are left out, and
 * restore points of 2021-03-01 have theirs beside `id` and `name` (recorded).
 */
import { isJsonObject, type JsonObject } from "./json-object.ts";
import { PROPERTY_VERSIONS } from "./property-versions.ts";

export type ShapedType = keyof typeof PROPERTY_VERSIONS;

/** What an api-version does not know: the whole property, or something in it. */
interface Cut {
  readonly [name: string]: true | Cut;
}

/** Since when restore points have `properties`. */
export const NESTED_SINCE = "2021-04-01";

/** `body` is the newest version's: a resource, or a list of them. */
export function shapeOf(type: ShapedType, body: unknown, apiVersion: string): unknown {
  if (isJsonObject(body) && Array.isArray(body["value"])) {
    return { ...body, value: body["value"].map((each) => shapeOf(type, each, apiVersion)) };
  }
  const cut = cutFor(type, apiVersion);
  const known = cut === undefined ? body : without(body, cut);
  if (apiVersion >= NESTED_SINCE) return known;
  if (type === "restorePoint") return flat(known);
  return type === "restorePointCollection" ? withFlatPoints(known) : known;
}

const cuts = new Map<string, Cut | undefined>();

function cutFor(type: ShapedType, apiVersion: string): Cut | undefined {
  const key = `${type} ${apiVersion}`;
  if (!cuts.has(key)) cuts.set(key, makeCut(type, apiVersion));
  return cuts.get(key);
}

function makeCut(type: ShapedType, apiVersion: string): Cut | undefined {
  const younger = Object.entries(PROPERTY_VERSIONS[type]).filter(([, since]) => since > apiVersion);
  if (younger.length === 0) return undefined;
  const cut = {};
  for (const [path] of younger) add(cut, path.split("."));
  return cut;
}

function add(cut: Record<string, true | Cut>, [name = "", ...rest]: readonly string[]): void {
  const inner = cut[name];
  if (rest.length === 0) cut[name] = true;
  else if (inner !== true) {
    const next = { ...inner };
    add(next, rest);
    cut[name] = next;
  }
}

function without(value: unknown, cut: Cut): unknown {
  if (Array.isArray(value)) return value.map((each) => without(each, cut));
  if (!isJsonObject(value)) return value;
  const left: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const what = Object.hasOwn(cut, name) ? cut[name] : undefined;
    if (what !== true) left[name] = what === undefined ? inner : without(inner, what);
  }
  return left;
}

/** Recorded: the time is `provisioningDetails.creationTime`. */
function flat(point: unknown): unknown {
  if (!isJsonObject(point)) return point;
  const { properties, ...rest } = point;
  if (!isJsonObject(properties)) return point;
  const { timeCreated: creationTime, ...others } = properties;
  const details = creationTime === undefined ? {} : { provisioningDetails: { creationTime } };
  return { ...rest, ...others, ...details };
}

function withFlatPoints(collection: unknown): unknown {
  const properties = isJsonObject(collection) ? collection["properties"] : undefined;
  if (!isJsonObject(properties) || !Array.isArray(properties["restorePoints"])) return collection;
  const restorePoints = properties["restorePoints"].map(flat);
  return { ...(collection as JsonObject), properties: { ...properties, restorePoints } };
}
