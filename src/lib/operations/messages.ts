/** What travels on the queues: ids only. A message is a reason to look at the state, never the state itself. */
import * as z from "zod";
import { vmKeySchema } from "../fleet/vm-key.ts";
import { grantIdSchema, holderIdSchema } from "../grants/grant-id.ts";
import type { NotifyMessage } from "../notify/notify-message.ts";
import { policyNameSchema } from "../policy/policy.ts";
import type { ReconcileMessage } from "../reconcile/pass.ts";
import { operationIdSchema } from "./operation-id.ts";

export const planVmMessageSchema = z.object({
  vm: vmKeySchema,
  /** What an event told of the VM that the VM itself does not show. */
  happened: z.object({ kind: z.enum(["started", "deallocated"]), at: z.iso.datetime() }).optional(),
  /** Whether the pacer has set the time of this very message. */
  paced: z.boolean().optional(),
});
export type PlanVmMessage = z.infer<typeof planVmMessageSchema>;

export const planPointsMessageSchema = z.object({ vm: vmKeySchema });
type PlanPointsMessage = z.infer<typeof planPointsMessageSchema>;

/** After a policy has changed: a page of the fleet, the first one without a continuation. */
export const planFleetMessageSchema = z.object({
  policy: policyNameSchema,
  continuation: z.string().optional(),
});
export type PlanFleetMessage = z.infer<typeof planFleetMessageSchema>;

/**
 * The trace that a message goes on with, if it is not that of the function that sends it. How it got there is the
 * business of `src/telemetry`.
 */
const traced = { traceparent: z.string().optional() };

/** For a message about a record that has a trace of its own. */
export const inTraceOf = ({ trace }: { readonly trace?: string | undefined }) =>
  trace === undefined ? {} : { traceparent: trace };

export const startOperationMessageSchema = z.object({ operation: operationIdSchema, ...traced });
export type StartOperationMessage = z.infer<typeof startOperationMessageSchema>;

export const trackOperationMessageSchema = z.object({
  operation: operationIdSchema,
  look: z.int().min(1),
  ...traced,
});
export type TrackOperationMessage = z.infer<typeof trackOperationMessageSchema>;

/** Whatever is due of a grant: its end, or the completion of what was begun. */
export const revokeGrantMessageSchema = z.object({
  grant: grantIdSchema,
  /** The expiry that it was sent for; one for an earlier expiry than the grant's is out of date. */
  until: z.iso.datetime().optional(),
});
export type RevokeGrantMessage = z.infer<typeof revokeGrantMessageSchema>;

/** After a holder has lost rights: a page of its grants, the first one without a continuation. */
export const endGrantsMessageSchema = z.object({
  holder: holderIdSchema,
  continuation: z.string().optional(),
});
export type EndGrantsMessage = z.infer<typeof endGrantsMessageSchema>;

/** Messages to be handled later. Those to be handled at once are a function's output instead. */
export interface DelayedMessages {
  planVm(message: PlanVmMessage, delayMs: number): Promise<void>;
  planPoints(message: PlanPointsMessage, delayMs: number): Promise<void>;
  planFleet(message: PlanFleetMessage, delayMs: number): Promise<void>;
  reconcile(message: ReconcileMessage, delayMs: number): Promise<void>;
  startOperation(message: StartOperationMessage, delayMs: number): Promise<void>;
  trackOperation(message: TrackOperationMessage, delayMs: number): Promise<void>;
  revokeGrant(message: RevokeGrantMessage, delayMs: number): Promise<void>;
  endGrants(message: EndGrantsMessage, delayMs: number): Promise<void>;
  notify(message: NotifyMessage, delayMs: number): Promise<void>;
}

/** What a use case hands to its function's output bindings, sent in the instant the function succeeds. */
export interface FollowUp {
  readonly plan?: readonly PlanVmMessage[];
  readonly points?: readonly PlanPointsMessage[];
  readonly start?: readonly StartOperationMessage[];
  readonly track?: readonly TrackOperationMessage[];
  readonly revoke?: readonly RevokeGrantMessage[];
}

/** All messages of several; what has none is left out. */
export function mergeFollowUps(followUps: readonly FollowUp[]): FollowUp {
  const all: Required<FollowUp> = {
    plan: followUps.flatMap(({ plan = [] }) => plan),
    points: followUps.flatMap(({ points = [] }) => points),
    start: followUps.flatMap(({ start = [] }) => start),
    track: followUps.flatMap(({ track = [] }) => track),
    revoke: followUps.flatMap(({ revoke = [] }) => revoke),
  };
  return Object.fromEntries(Object.entries(all).filter(([, messages]) => messages.length > 0));
}
