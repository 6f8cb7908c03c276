/** EndGetAccess on a disk restore point, for a grant that is being revoked. It may be sent as often as one likes. */
import { grantKey } from "../../grants/grant-id.ts";
import { announceEnd } from "../../grants/grant-moves.ts";
import { changeRecord } from "../../state/change-record.ts";
import type { RevokeOperation } from "../operation.ts";
import type { Found, OperationKind, Submitted, Surroundings } from "./operation-kind.ts";

export const revokeAccess: OperationKind<RevokeOperation> = {
  events: {
    submitted: "revocationSubmitted",
    succeeded: "revocationSucceeded",
    failed: "revocationFailed",
  },
  firstWait: 1000,
  longestWait: 15_000,
  // One request that may be repeated at will: a disk that may be open is not left alone for long.
  leaseMs: 15_000,
  endsWithStatus: true,
  // Nothing is more urgent: it queues up behind nobody.
  budget: () => undefined,
  submit,
  find: async (): Promise<Found> => ({ kind: "absent", error: unknownRequest }),
};

const unknownRequest = {
  code: "RequestLost",
  message: "Azure cannot tell whether the request was carried out.",
};

async function submit(
  { tables, arm, now }: Surroundings,
  { id, target, request }: RevokeOperation,
): Promise<Submitted> {
  await changeRecord(tables.grants, grantKey(request.grant), (grant) =>
    announceEnd(grant, id, now()),
  );
  const answer = await arm.endGetAccess(target);
  return answer.kind === "notFound" && GONE.test(answer.error.code) ? { kind: "done" } : answer;
}

/** What is gone opens nothing. Other answers of 404, as of a subscription that we lost, say nothing about it. */
const GONE = /^(ResourceNotFound|NotFound|ResourceGroupNotFound)$/;
