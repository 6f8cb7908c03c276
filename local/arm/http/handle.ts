/**
 * What ARM does with a request before and after the resource provider: who asks, the route, the api-version, the
 * subscription, the permissions, the resource group, the budgets, the body, and the shape that the api-version has.
 */
import type { Emulator } from "../emulator.ts";
import { demandGroup } from "../resources/resource-groups/resource-groups.ts";
import { linkedScopes } from "../rules/linked-scopes.ts";
import { demandLinked, demandPermitted } from "../rules/permissions.ts";
import { demandApiVersion } from "../versions/api-versions.ts";
import { demandKnownProperties } from "../versions/demand-known-properties.ts";
import { requestBodyOf } from "../versions/request-body.ts";
import { shapeOf } from "../versions/shape.ts";
import { actionOf } from "./action-of.ts";
import { ArmError } from "./arm-error.ts";
import type { ArmAnswer, ArmRequest } from "./arm-request.ts";
import { type Authenticate, bearerOf } from "./authenticate.ts";
import { jsonContent, missingContent } from "./json-content.ts";
import type { ArmRoute } from "./route.ts";
import { createRouter } from "./router.ts";
import type { RawRequest } from "./server.ts";

export interface HandleParts {
  readonly emulator: Emulator;
  readonly routes: readonly ArmRoute[];
  readonly authenticate: Authenticate;
}

export function createHandle({
  emulator,
  routes,
  authenticate,
}: HandleParts): (raw: RawRequest) => Promise<ArmAnswer> {
  const router = createRouter(routes);
  const dispatch = async (raw: RawRequest, principal: string): Promise<ArmAnswer> => {
    const { route, params } = router(raw.method, raw.url.pathname);
    const apiVersion = demandApiVersion({
      apiVersion: apiVersionOf(raw.url),
      provider: route.versions,
      type: typeOf(route),
      since: route.since,
    });
    const request = requestOf(raw, { params, apiVersion, principal });
    demandSubscription(request);
    const permission = permissionFor(request, route);
    raw.note({ actions: [permission.action] });
    demandPermitted(emulator.settings, permission);
    if (raw.method === "PUT") demandNames(params);
    if (params["resourceGroup"] !== undefined && !route.needsNoGroup)
      demandGroup(emulator, request);
    const left = emulator.throttling.take(callOf(request, route), emulator.clock.now());
    const asked = withBody(request, raw, route);
    demandWhatItNames(emulator, raw, permission, asked);
    const answer = await route.handler(asked);
    return shaped({ ...answer, headers: { ...left, ...answer.headers } }, route, apiVersion);
  };
  return async (raw) => {
    const principal = await authenticate(bearerOf(raw.headers));
    raw.note({ caller: principal });
    const { throttling, clock } = emulator;
    const left = throttling.take(armCallOf(raw, principal), clock.now());
    return await withHeaders(left, () => dispatch(raw, principal));
  };
}

/** ARM counts every request, before it knows what it is for. */
function armCallOf({ method, url }: RawRequest, principal: string) {
  const [, subscriptionId = ""] = /^\/subscriptions\/([^/]+)/i.exec(url.pathname) ?? [];
  return { method, subscriptionId, principal, resourceId: "" };
}

/** On every answer, also when it is an error. */
async function withHeaders(
  headers: Readonly<Record<string, string>>,
  run: () => Promise<ArmAnswer>,
): Promise<ArmAnswer> {
  try {
    const answer = await run();
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    const { status, code, message, body } = error;
    throw new ArmError(status, code, message, { body, headers: { ...headers, ...error.headers } });
  }
}

const apiVersionOf = (url: URL): string | undefined =>
  [...url.searchParams].find(([name]) => name.toLowerCase() === "api-version")?.[1];

/** `restorePointCollections/restorePoints` */
function typeOf({ template }: ArmRoute): string {
  const [, path = ""] = /\/providers\/[^/]+\/(?!.*\/providers\/)(.+)$/.exec(template) ?? [];
  const names = path.split("/").filter((name) => !name.startsWith("{"));
  return names.join("/") || "resourceGroups";
}

function requestOf(
  { method, url, headers, requestId, correlationId }: RawRequest,
  known: Pick<ArmRequest, "params" | "apiVersion" | "principal">,
): ArmRequest {
  return {
    method,
    url,
    ...known,
    body: undefined,
    ifMatch: headers["if-match"],
    ifNoneMatch: headers["if-none-match"],
    requestId,
    correlationId,
    clientRequestId: headers["x-ms-client-request-id"] ?? requestId,
  };
}

function demandSubscription({ params: { subscriptionId } }: ArmRequest): void {
  if (subscriptionId === undefined) return;
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(subscriptionId)) return;
  const message = `The provided subscription identifier '${subscriptionId}' is malformed or invalid.`;
  throw new ArmError(400, "InvalidSubscriptionId", message);
}

const permissionFor = ({ params, url, principal }: ArmRequest, route: ArmRoute) => ({
  action: actionOf(route),
  group: params["resourceGroup"],
  scope: url.pathname,
  principal,
});

function demandWhatItNames(
  { settings }: Emulator,
  raw: RawRequest,
  permission: ReturnType<typeof permissionFor>,
  { body }: ArmRequest,
): void {
  const { action } = permission;
  const linked = linkedScopes(action, body);
  raw.note({ actions: [action, ...linked.map((each) => each.action)] });
  demandLinked(settings, permission, linked);
}

/** What ARM allows in no name, and what would make another id of it. */
function demandNames(params: Readonly<Record<string, string>>): void {
  for (const [parameter, name] of Object.entries(params)) {
    if (/^[^<>%&:\\?/#\p{Cc}]{1,260}$/u.test(name) && !/[. ]$/.test(name)) continue;
    const message = `The name '${name}' is invalid: it must have 1 to 260 characters, none of <>%&:\\?/#, and must not end with a period or a space.`;
    throw new ArmError(400, "InvalidResourceName", message, { target: parameter });
  }
}

/** The creation of a restore point is counted by its handler, which knows the VM. */
function callOf({ params, principal, url }: ArmRequest, { budget }: ArmRoute) {
  const subscriptionId = params["subscriptionId"] ?? "";
  const operation = budget === "createRestorePoint" ? undefined : budget;
  return { operation, subscriptionId, principal, resourceId: resourceOf(url) };
}

/** Actions are counted for the resource that they act on. */
const resourceOf = ({ pathname }: URL): string =>
  pathname.toLowerCase().replace(/\/(start|poweroff|restart|deallocate|instanceview)$/, "");

const WITH_BODY: ReadonlySet<string> = new Set(["PUT", "PATCH"]);

function withBody(request: ArmRequest, { text }: RawRequest, { type }: ArmRoute): ArmRequest {
  const body = jsonContent(text);
  if (body === undefined && WITH_BODY.has(request.method)) throw missingContent();
  if (body === undefined || type === undefined || request.method === "GET") {
    return { ...request, body };
  }
  const { apiVersion } = request;
  demandKnownProperties({ type, apiVersion, body, text });
  return { ...request, body: requestBodyOf(type, body, apiVersion) };
}

function shaped(
  answer: ArmAnswer,
  { type, answers = type }: ArmRoute,
  apiVersion: string,
): ArmAnswer {
  if (answers === undefined || answer.body === undefined || answer.status >= 400) return answer;
  return { ...answer, body: shapeOf(answers, answer.body, apiVersion) };
}
