/** Microsoft.EventGrid/eventSubscriptions of an Azure subscription: its resources' events, delivered to webhooks. */
import type { Emulator } from "../../emulator.ts";
import { ArmError, invalidParameter } from "../../http/arm-error.ts";
import {
  type ArmRequest,
  type Handler,
  param,
  parseBody,
  queryOf,
} from "../../http/arm-request.ts";
import { listAnswer } from "../../http/list-answer.ts";
import type { ArmRoute } from "../../http/route.ts";
import { SUBSCRIPTION, subscriptionIdOf } from "../../paths.ts";
import { factsOf, report } from "../../report.ts";
import type { EventSubscriptionRecord } from "../../state/state.ts";
import { type EventSubscriptionProperties, eventSubscriptionBody } from "./body.ts";
import type { EventSubscriptions } from "./event-subscriptions.ts";
import { keptIn } from "./kept.ts";
import { baseOf, renderEventSubscription, TYPE } from "./render.ts";

const ALL = `${SUBSCRIPTION}/providers/${TYPE}`;
const ONE = `${ALL}/{eventSubscription}`;

type Announcing = Pick<Emulator, "changed" | "clock">;

export function eventSubscriptionRoutes(
  emulator: Announcing,
  subscriptions: EventSubscriptions,
): ArmRoute[] {
  const versions = "eventGrid";
  const context = { emulator, subscriptions };
  return [
    { method: "PUT", template: ONE, versions, handler: put(context) },
    { method: "PATCH", template: ONE, versions, handler: patch(context) },
    { method: "GET", template: ONE, versions, handler: get(context) },
    { method: "DELETE", template: ONE, versions, handler: remove(context) },
    { method: "GET", template: ALL, versions, handler: list(context) },
    {
      method: "POST",
      template: `${ONE}/getFullUrl`,
      versions,
      handler: act(context, "getFullUrl", (record) => ({
        endpointUrl: keptIn(record).given.destination.properties.endpointUrl,
      })),
    },
    {
      method: "POST",
      template: `${ONE}/getDeliveryAttributes`,
      versions,
      handler: act(context, "getDeliveryAttributes", () => ({ value: [] })),
    },
  ];
}

interface Context {
  readonly emulator: Announcing;
  readonly subscriptions: EventSubscriptions;
}

const put =
  (context: Context): Handler =>
  async (request) => {
    const name = param(request, "eventSubscription");
    if (!/^[a-z0-9-]{3,64}$/i.test(name))
      throw invalidParameter("eventSubscriptionName", "must be 3 to 64 letters, digits, hyphens");
    return await write(context, request, parseBody(eventSubscriptionBody, request).properties);
  };

/** What is named replaces what was there; everything else stays. */
const patch =
  (context: Context): Handler =>
  async (request) => {
    const { given } = keptIn(demand(context, request));
    const { body } = request;
    const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
    if (body !== undefined && !isObject) throw invalidParameter("body", "must be an object");
    const properties = { ...given, ...body };
    const merged = parseBody(eventSubscriptionBody, { ...request, body: { properties } });
    return await write(context, request, merged.properties);
  };

async function write(
  context: Context,
  request: ArmRequest,
  given: EventSubscriptionProperties,
): Promise<{ status: number; body: unknown }> {
  const { emulator, subscriptions } = context;
  const { expirationTimeUtc } = given;
  if (expirationTimeUtc && Date.parse(expirationTimeUtc) <= emulator.clock.now())
    throw invalidParameter("properties.expirationTimeUtc", "must be in the future");
  const id = idOf(request);
  const existed = subscriptions.records.get(id) !== undefined;
  const kept = await subscriptions.put(id, given);
  if ("outcome" in kept) {
    const endpoint = baseOf(given.destination.properties.endpointUrl);
    const message = `Webhook validation handshake failed for ${endpoint}. The webhook ${kept.reason}. For troubleshooting, visit https://aka.ms/esvalidation.`;
    throw new ArmError(400, "Url validation", message);
  }
  announce(context, request, "write", kept, existed);
  return { status: 201, body: renderEventSubscription(kept) };
}

const get =
  (context: Context): Handler =>
  (request) => ({ status: 200, body: renderEventSubscription(demand(context, request)) });

const remove =
  (context: Context): Handler =>
  (request) => {
    const record = context.subscriptions.records.get(idOf(request));
    if (record === undefined) return { status: 204 };
    context.subscriptions.delete(record.id);
    announce(context, request, "delete", record);
    return { status: 200 };
  };

const list =
  ({ subscriptions }: Context): Handler =>
  (request) => {
    if (queryOf(request, "$filter") !== undefined)
      throw invalidParameter("$filter", "the emulator lists all event subscriptions");
    const prefix = `${subscriptionIdOf(request)}/providers/${TYPE}/`;
    return listAnswer(request, subscriptions.records, prefix, renderEventSubscription);
  };

const act =
  (
    context: Context,
    action: string,
    answer: (record: EventSubscriptionRecord) => unknown,
  ): Handler =>
  (request) => {
    const record = demand(context, request);
    announce(context, request, `${action}/action`, record);
    return { status: 200, body: answer(record) };
  };

const idOf = (request: ArmRequest): string =>
  `${subscriptionIdOf(request)}/providers/${TYPE}/${param(request, "eventSubscription")}`;

function demand({ subscriptions }: Context, request: ArmRequest): EventSubscriptionRecord {
  const record = subscriptions.records.get(idOf(request));
  if (record) return record;
  throw new ArmError(404, "ResourceNotFound", "Event subscription doesn't exist.");
}

function announce(
  { emulator }: Context,
  request: ArmRequest,
  verb: string,
  record: EventSubscriptionRecord,
  existed = true,
): void {
  const resource = { ...renderEventSubscription(record), location: "global" };
  report(emulator, factsOf(request), { operationName: `${TYPE}/${verb}`, resource, existed });
}
