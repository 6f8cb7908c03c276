/** How far a request for several disks is: one operation to whoever waits for it. */
import { decodeTime } from "ulid";
import { type OperationId, ulidOfOperation } from "../operations/operation-id.ts";
import { allIn, partition } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import { ulidsBetween } from "../state/ulid-range.ts";
import type { Grant } from "./grant.ts";

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
  const range = { ...partition(holder), ...ulidsBetween(at - MOMENT_MS, at + MOMENT_MS) };
  return (await allIn(grants, range)).filter((grant) => grant.group === group);
}

export function statusOfGroup(grants: readonly Grant[]): "Running" | "Succeeded" | "Failed" {
  if (grants.some(({ state }) => state === "Requested" || state === "Granting")) return "Running";
  const isGranted = ({ activeSince }: Grant) => activeSince !== undefined;
  return grants.every(isGranted) ? "Succeeded" : "Failed";
}
