/** Restore points of 2021-03-01 have beside `id` and `name` what later versions have in `properties` (recorded). */
import { apiVersionOf } from "./find-operations.ts";
import type { Exchange } from "./validate-exchange.ts";

const FLAT = "2021-03-01";

const COLLECTION = /\/restorePointCollections\/[^/]+\/?$/i;
const POINT = /\/restorePointCollections\/[^/]+\/restorePoints\/[^/]+\/?$/i;

/** As later versions have it, so that their description fits. */
export function asNested(exchange: Exchange): Exchange {
  const { request, response } = exchange;
  const url = new URL(request.url);
  if (apiVersionOf(url) !== FLAT) return exchange;
  const change = POINT.test(url.pathname)
    ? nested
    : COLLECTION.test(url.pathname)
      ? withNestedPoints
      : (body: unknown) => body;
  return {
    request: { ...request, body: change(request.body) },
    response: { ...response, body: response.status < 400 ? change(response.body) : response.body },
  };
}

/** Azure's own templates have `properties` even then. */
function nested(point: unknown): unknown {
  if (!isObject(point) || "properties" in point) return point;
  const { id, name, type, ...properties } = point;
  return { ...defined({ id, name, type }), properties };
}

function withNestedPoints(collection: unknown): unknown {
  const properties = isObject(collection) ? collection["properties"] : undefined;
  if (!isObject(properties) || !Array.isArray(properties["restorePoints"])) return collection;
  const restorePoints = properties["restorePoints"].map(nested);
  return { ...(collection as object), properties: { ...properties, restorePoints } };
}

const defined = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
