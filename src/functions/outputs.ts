/**
 * The queue outputs of the functions. A message sent through a binding wakes an idle listener in the same instant;
 * one sent by the SDK waits for the listener's next poll. So only delayed messages go through the SDK.
 */
import { type InvocationContext, output } from "@azure/functions";
import type { FollowUp } from "../lib/operations/messages.ts";
import { queues, storageConnection } from "../names.ts";
import { stamped } from "../telemetry/stamp.ts";

const to = (queueName: string) => output.storageQueue({ queueName, connection: storageConnection });

export const outputs = {
  planVm: to(queues.planVm),
  planPoints: to(queues.planPoints),
  startOperation: to(queues.startOperation),
  trackOperation: to(queues.trackOperation),
  revokeGrant: to(queues.revokeGrant),
};

export function send(
  context: Pick<InvocationContext, "extraOutputs">,
  { plan, points, start, track, revoke }: FollowUp,
): void {
  if (plan?.length) context.extraOutputs.set(outputs.planVm, plan.map(stamped));
  if (points?.length) context.extraOutputs.set(outputs.planPoints, points.map(stamped));
  if (start?.length) context.extraOutputs.set(outputs.startOperation, start.map(stamped));
  if (track?.length) context.extraOutputs.set(outputs.trackOperation, track.map(stamped));
  if (revoke?.length) context.extraOutputs.set(outputs.revokeGrant, revoke.map(stamped));
}
