/**
 * Accepts a request: from here on it is carried out, whatever dies, unless it is refused here. The same id again is the
 * same request.
 */
import type { Actor } from "../audit/audit-entry.ts";
import { dueAt } from "../operations/due.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { type CarryOutDeps, carryOut, isRefused, place } from "../plan/carry-out.ts";
import { type RequestRecord, requestKey } from "../plan/request-record.ts";
import { MINUTE } from "../policy/duration.ts";
import type { Tables } from "../state/tables.ts";

export interface AcceptDeps extends CarryOutDeps {
  readonly tables: CarryOutDeps["tables"] & Pick<Tables, "due">;
}

/** Who asks, and by which request. */
export interface Asking {
  /** Names the VM. The same id again is the same request. */
  readonly id: OperationId;
  readonly by: Actor;
  readonly correlationId: string;
}

type OfKind<K extends RequestRecord["kind"]> = Extract<RequestRecord, { kind: K }>;

const TAKEN_UP_AFTER = MINUTE;

/** What was accepted before under this id; carried out further if need be. What was refused is tried anew. */
export async function acceptedBefore<K extends RequestRecord["kind"]>(
  deps: AcceptDeps,
  { id }: Asking,
  kind: K,
): Promise<OfKind<K> | undefined> {
  const known = (await deps.tables.requests.get(requestKey(id)))?.record;
  return known && !isRefused(known) ? ofKind(await carryOut(deps, known), kind) : undefined;
}

export async function acceptRequest<K extends RequestRecord["kind"]>(
  deps: AcceptDeps,
  request: OfKind<K>,
  kind: K,
): Promise<OfKind<K>> {
  const { tables, now } = deps;
  // The upkeep that it brings about takes up whatever dies from here on.
  const takenUp = new Date(now().getTime() + TAKEN_UP_AFTER);
  await tables.due.upsert(dueAt(request.vm, takenUp, "points"));
  if (await isRecorded(deps, request)) return ofKind(await place(deps, request), kind);
  const known = (await tables.requests.get(requestKey(request.id)))?.record;
  return ofKind(await carryOut(deps, known ?? request), kind);
}

/** Also in place of one that was refused. False: somebody else was faster. */
async function isRecorded({ tables }: AcceptDeps, request: RequestRecord): Promise<boolean> {
  if ((await tables.requests.insert(request)) !== "exists") return true;
  const known = await tables.requests.get(requestKey(request.id));
  if (known === undefined || !isRefused(known.record)) return false;
  return (await tables.requests.replace(request, known.etag)) !== "conflict";
}

function ofKind<K extends RequestRecord["kind"]>(record: RequestRecord, kind: K): OfKind<K> {
  if (record.kind !== kind) throw new Error(`${record.id} is a request of another kind.`);
  return record as OfKind<K>;
}
