/** How far a request for several disks is: one operation to whoever waits for it. */
import { decodeTime, encodeTime } from "ulid";
import { type OperationId, ulidOfOperation } from "../operations/operation-id.ts";
import { allIn } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import type { Grant } from "./grant.ts";

const TIME_LENGTH = 10;
const LATEST_TIME = 2 ** 48 - 1;
const LATEST_ULID = "7ZZZZZZZZZZZZZZZZZZZZZZZZZ";
/** The grants of one request are recorded in the same moment. */
const MOMENT_MS = 60_000;

/** The grants of the group, all of them in the holder's partition; empty for an id that is none. */
export async function grantsOfGroup(
  { grants }: Pick<Tables, "grants">,
  holder: string,
  group: OperationId,
): Promise<Grant[]> {
  const ulid = ulidOfOperation(group);
  // Later than any time there is.
  if (ulid > LATEST_ULID) return [];
  const at = decodeTime(ulid);
  const range = {
    ...{ partitionFrom: holder, partitionTo: holder },
    rowFrom: encodeTime(Math.max(0, at - MOMENT_MS), TIME_LENGTH),
    rowTo: encodeTime(Math.min(LATEST_TIME, at + MOMENT_MS), TIME_LENGTH),
  };
  return (await allIn(grants, range)).filter((grant) => grant.group === group);
}

export function statusOfGroup(grants: readonly Grant[]): "Running" | "Succeeded" | "Failed" {
  if (grants.some(({ state }) => state === "Requested" || state === "Granting")) return "Running";
  const isGranted = ({ activeSince }: Grant) => activeSince !== undefined;
  return grants.every(isGranted) ? "Succeeded" : "Failed";
}
