/**
 * BeginGetAccess on a disk restore point. A new grant first ends whatever access there is from before, so that its URL
 * is a fresh one, and nobody else's goes on living by it. Each Begin is announced on the grant before it is sent: see
 * `fence.ts`.
 */
import { vmNameOf } from "../../fleet/vm-key.ts";
import { acceptBegin, announceBegin, forgetBegin } from "../../grants/fence.ts";
import { type Grant, isLive } from "../../grants/grant.ts";
import { grantKey } from "../../grants/grant-id.ts";
import { changeRecord } from "../../state/change-record.ts";
import type { AccessAccepted, ArmFailure } from "../arm.ts";
import type { GrantOperation } from "../operation.ts";
import { budgetFor } from "../pacer.ts";
import type { Found, OperationKind, Submitted, Surroundings } from "./operation-kind.ts";

export const grantAccess: OperationKind<GrantOperation> = {
  events: {
    submitted: "accessSubmitted",
    succeeded: "accessGranted",
    failed: "accessFailed",
  },
  firstWait: 1000,
  longestWait: 15_000,
  endsWithStatus: true,
  budget: ({ vm }) => budgetFor("grantAccess", vmNameOf(vm).subscriptionId, "all"),
  submit: (surroundings, operation) =>
    operation.step === "clear" ? clear(surroundings, operation) : begin(surroundings, operation),
  // Azure does not tell whether a disk restore point is granted. Both requests may be sent again.
  find: async (): Promise<Found> => ({ kind: "absent", error: unknownRequest }),
  nextStep: ({ statusUrl: _, ...operation }) =>
    operation.step === "clear" ? { ...operation, step: "begin" } : undefined,
};

const unknownRequest = {
  code: "RequestLost",
  message: "Azure cannot tell whether the request was carried out.",
};

async function clear(
  { tables, arm }: Surroundings,
  { target, request }: GrantOperation,
): Promise<Submitted> {
  const stored = await tables.grants.get(grantKey(request.grant));
  if (stored === undefined || !isLive(stored.record)) return grantEnding;
  return await arm.endGetAccess(target);
}

async function begin(surroundings: Surroundings, operation: GrantOperation): Promise<Submitted> {
  const { tables, arm, now, mayRead } = surroundings;
  const { id, target, request } = operation;
  const key = grantKey(request.grant);
  const stored = await tables.grants.get(key);
  if (stored === undefined || !(await mayRead(stored.record.holder, stored.record.vm))) {
    return notAllowed;
  }
  const announced = announceBegin(stored.record, id, now());
  if (announced === undefined) return grantEnding;
  const announcedAt = now().getTime();
  if ((await tables.grants.replace(announced, stored.etag)) === "conflict") return raced;
  if (now().getTime() - announcedAt > STALE_MS) {
    await changeRecord(tables.grants, key, (grant) => forgetBegin(grant, id, now()));
    return raced;
  }
  const answer = await arm.beginGetAccess({ id: target, seconds: secondsLeft(announced, now()) });
  await changeRecord(tables.grants, key, (grant) => afterAnswer(grant, operation, answer, now()));
  return isForLater(answer) ? busy : answer;
}

/** An earlier request of ours is still being carried out, perhaps one whose answer was lost. */
const isForLater = (answer: AccessAccepted | ArmFailure): boolean =>
  answer.kind === "refused" &&
  answer.conflict &&
  /another operation|in progress|conflict/i.test(`${answer.error.code} ${answer.error.message}`);

const busy: Submitted = {
  kind: "later",
  retryAfterMs: 5000,
  error: { code: "DiskBusy", message: "Azure is still carrying out another request." },
};

/** Azure's own end of the SAS, should nobody be there to end it: it counts from when the request arrives. */
const secondsLeft = ({ expiresAt }: Grant, now: Date): number =>
  Math.max(1, Math.floor((Date.parse(expiresAt) - now.getTime()) / 1000));

function afterAnswer(
  grant: Grant,
  { id, deadlineAt }: GrantOperation,
  { kind }: AccessAccepted | ArmFailure,
  now: Date,
): Grant | undefined {
  // Nobody knows: it stays announced until it must have settled.
  if (kind === "unsettled") return undefined;
  return kind === "accepted" ? acceptBegin(grant, id, deadlineAt) : forgetBegin(grant, id, now);
}

/** A process that was frozen since must not send what others may take for settled. */
const STALE_MS = 20_000;

const refused = (code: string, message: string) =>
  ({ kind: "refused", conflict: false, error: { code, message } }) as const;

const grantEnding = refused("GrantEnding", "The grant is ending, or has ended.");
const notAllowed = refused("HolderNotAllowed", "The holder may not read this disk any more.");

/** Somebody else has changed the grant: it is looked at anew. */
const raced: Submitted = {
  kind: "later",
  retryAfterMs: 1000,
  error: { code: "GrantChanged", message: "The grant was changed in the same moment." },
};
