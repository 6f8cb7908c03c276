/** For each route a request that it takes, by whoever may. Driven by the routes: of a new one at most the body is told here. */
import type { Route } from "../../src/lib/api/route.ts";
import { allRoutes } from "../../tools/all-routes.ts";
import type { Asked } from "../fakes/invocation.ts";
import { writtenPartner } from "../fixtures/partners.ts";
import { type Asking, HELD, idsOf, POINT, writtenPolicy } from "./served.ts";

/** Of those that need one. */
const bodies: Readonly<Record<string, unknown>> = {
  PostCopy: { region: "northeurope" },
  PutLegalHold: { reason: "A lawsuit." },
  PutPolicy: writtenPolicy,
  PutPartner: writtenPartner(),
  PutSwitch: { value: "off", reason: "A drill." },
  PostRestore: { kind: "disks" },
  PostRestorePoint: {},
  PreviewPolicy: {},
  PostGrant: { vm: idsOf({ principal: undefined }).vm, restorePoint: POINT, reason: "A backup" },
};

const DAYS = { from: "2026-01-31T00:00:00Z", to: "2026-02-01T00:00:00Z" };

/** Parameters without which a route answers 400. */
const queryOf = (name: string, ids: ReturnType<typeof idsOf>): Record<string, string> => {
  if (name === "ListChanges") return { since: ids.since };
  if (name === "ListAudit") return DAYS;
  if (name === "ListUnprotected") return { subscriptionId: ids.subscriptionId };
  return name === "DeletePolicy" ? { outcome: "keep" } : {};
};

/** What `{id}` or `{name}` is of follows from the path. */
function paramsOf({ name, path }: Route, ids: ReturnType<typeof idsOf>): Record<string, string> {
  const [kind = ""] = path.split("/");
  const id = kind === "grants" ? ids.grant : ids.partner;
  const thing = kind === "switches" ? ids.switch : ids.policy;
  const point = name === "GetLegalHold" ? HELD : ids.point;
  const all: Record<string, string> = { ...ids, point, id, name: thing };
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, each = ""]) => each);
  return Object.fromEntries(named.map((each) => [each, all[each] ?? ""]));
}

export interface UsualRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export function usualRequest(route: Route, asking: Asking): UsualRequest {
  const ids = idsOf(asking);
  const query = { "api-version": "2026-11-01", ...queryOf(route.name, ids) };
  return { params: paramsOf(route, ids), query, body: bodies[route.name] };
}

const routeNamed = (name: string): Route => {
  const found = allRoutes.find((route) => route.name === name);
  if (found === undefined) throw new Error(`There is no route ${name}.`);
  return found;
};

/** As `served` asks it. */
export function usually(name: string, asking: Asking): [string, string, Asked] {
  const route = routeNamed(name);
  const { params, query, body } = usualRequest(route, asking);
  const path = `x?${new URLSearchParams(query)}`;
  return [name, path, { method: route.method, params, ...(body === undefined ? {} : { body }) }];
}
