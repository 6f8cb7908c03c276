/**
 * What an event says about a VM: only that something may have changed. Understands the subscription topic
 * (`Microsoft.Resources.*`) and Resource Notifications, each as an Event Grid event or a CloudEvent.
 * https://learn.microsoft.com/azure/event-grid/event-schema-subscriptions
 * https://learn.microsoft.com/azure/event-grid/event-schema-resources
 */
import * as z from "zod";
import { type VmKey, vmKeyOf } from "../fleet/vm-key.ts";
import type { PlanVmMessage } from "../operations/messages.ts";

const envelopeSchema = z.object({
  id: z.string(),
  /** CloudEvents. */
  type: z.string().optional(),
  /** Event Grid schema. */
  eventType: z.string().optional(),
  subject: z.string().optional(),
  /** CloudEvents. */
  time: z.iso.datetime({ offset: true }).optional().catch(undefined),
  /** Event Grid schema. */
  eventTime: z.iso.datetime({ offset: true }).optional().catch(undefined),
  data: z.record(z.string(), z.unknown()),
});

const resourceInfoSchema = z.object({ id: z.string() });

export type EventReading =
  | {
      readonly kind: "vmChanged";
      readonly vm: VmKey;
      readonly eventId: string;
      readonly what: string;
      readonly happened?: NonNullable<PlanVmMessage["happened"]>;
    }
  | { readonly kind: "ignored"; readonly eventId: string | undefined; readonly reason: string };

const SUBSCRIPTION_EVENT = /^Microsoft\.Resources\.Resource(Write|Delete|Action)Success$/;
const NOTIFICATION = /^Microsoft\.ResourceNotifications\.Resources\.(CreatedOrUpdated|Deleted)$/;

export function readEvent(event: unknown): EventReading {
  const envelope = envelopeSchema.safeParse(event);
  if (!envelope.success) {
    return { kind: "ignored", eventId: undefined, reason: "It is not an Event Grid event." };
  }
  const { id: eventId, type, eventType, data, subject } = envelope.data;
  const name = type ?? eventType ?? "";
  const resourceId = resourceIdIn(name, data, subject);
  if (resourceId === undefined) {
    return { kind: "ignored", eventId, reason: "It is not an event about a resource." };
  }
  const vm = vmKeyOf(resourceId);
  if (vm === undefined) {
    return { kind: "ignored", eventId, reason: "It is not about a virtual machine." };
  }
  const operation = data["operationName"];
  const what = typeof operation === "string" ? operation : name;
  const happened = happenedIn(what, envelope.data.time ?? envelope.data.eventTime);
  return { kind: "vmChanged", vm, eventId, what, ...(happened ? { happened } : {}) };
}

/** Whether a VM runs its model does not say, so these are known from events alone. */
const HAPPENINGS = { start: "started", deallocate: "deallocated" } as const;

function happenedIn(what: string, time: string | undefined) {
  const action = /^Microsoft\.Compute\/virtualMachines\/(start|deallocate)\/action$/i.exec(
    what,
  )?.[1];
  const kind =
    action === undefined
      ? undefined
      : HAPPENINGS[action.toLowerCase() === "start" ? "start" : "deallocate"];
  if (kind === undefined || time === undefined) return undefined;
  return { kind, at: new Date(time).toISOString() };
}

function resourceIdIn(
  name: string,
  data: Readonly<Record<string, unknown>>,
  subject: string | undefined,
): string | undefined {
  if (SUBSCRIPTION_EVENT.test(name)) {
    const resourceUri = data["resourceUri"];
    return typeof resourceUri === "string" ? resourceUri : subject;
  }
  if (!NOTIFICATION.test(name)) return undefined;
  return resourceInfoSchema.safeParse(data["resourceInfo"]).data?.id ?? subject;
}
