/**
 * A restore is asked for. It is recorded, and then checked before anything is made: at once, where Azure's budget
 * allows, so that whoever asks is told all that is against it; later otherwise, and then its operation tells. The same id
 * again is the same restore; one that has failed begins anew.
 */
import type { FollowUp } from "../operations/messages.ts";
import { type OperationId, vmOfOperation } from "../operations/operation-id.ts";
import { recordOperation } from "../operations/record-operation.ts";
import { allIn, partition, type Stored } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import { checkRestore } from "./check-restore.ts";
import type { CheckDeps } from "./checks/verdict.ts";
import { type Asked, type Draft, draftRestore, withAzures } from "./draft-restore.ts";
import { keepActive } from "./keep-active.ts";
import {
  isReading,
  operationOn,
  type Restore,
  type RestoreProblem,
  restoreKey,
} from "./restore.ts";
import type { RestoreDeps } from "./restore-deps.ts";
import { restarted } from "./restore-moves.ts";
import { operationsOf } from "./restore-operations.ts";
import type { RestoreRequest } from "./restore-request.ts";
import { sourceOf } from "./restore-source.ts";

export interface RequestRestoreDeps extends RestoreDeps, Omit<CheckDeps, "tables"> {
  readonly tables: RestoreDeps["tables"] & CheckDeps["tables"];
  /** Starts an operation, as its message would. */
  readonly start: (id: OperationId, log: Log) => Promise<FollowUp>;
}

/** So many restores of a VM may be under way at once for whoever asks. */
const MOST_RESTORES = 10;

export type RestoreRequested =
  | { readonly kind: "accepted"; readonly restore: Restore; readonly followUp: FollowUp }
  /** There is no such restore point, or no copy of it in the region. */
  | { readonly kind: "notFound" }
  | { readonly kind: "tooMany"; readonly most: number }
  /** Nothing was made. */
  | { readonly kind: "refused"; readonly problems: readonly RestoreProblem[] };

export async function requestRestore(
  deps: RequestRestoreDeps,
  asked: Asked,
  point: string,
  request: RestoreRequest,
  log: Log,
): Promise<RestoreRequested> {
  const { tables } = deps;
  const known = await tables.restores.get(restoreKey(asked.id));
  if (known && !mayBeginAnew(known.record)) return answerTo(known.record, {});
  const vm = vmOfOperation(asked.id);
  const source = await sourceOf(deps, { vm, point, region: request.region });
  if (source === undefined) return { kind: "notFound" };
  const draft = draftRestore(request, source, asked);
  if (draft.problems.length > 0) return await allAgainst(deps, draft);
  // One partner's restores keep nobody else's out.
  const others = (await allIn(tables.restores, partition(vm))).filter(
    (each) => isReading(each) && each.by.id === asked.by.id,
  );
  if (others.length >= MOST_RESTORES) return { kind: "tooMany", most: MOST_RESTORES };
  const restore = { ...draft.restore, check: deps.newUlid(deps.now()) };
  // Before its row, so that the sweep finds what was begun.
  await keepActive(deps, restore);
  const recorded = await recordRestore(deps, restore, known);
  // The end of its last attempt may be taking that row away.
  if (known) await keepActive(deps, restore);
  const { point: name, region, id: operation } = restore;
  log.info("restoreRequested", { vm, point: name, region, operation });
  return await checkNow(deps, recorded, log);
}

/** Whoever asks is told what Azure has against it, too, as far as it answers. */
async function allAgainst(deps: RequestRestoreDeps, draft: Draft): Promise<RestoreRequested> {
  const checked = await checkRestore(deps, draft.restore);
  const problems =
    checked.kind === "checked" ? withAzures(draft, checked.problems) : draft.problems;
  return { kind: "refused", problems };
}

/** What is under way, or was made, is answered as it is. */
const mayBeginAnew = ({ state }: Restore): boolean => state === "Failed";

async function recordRestore(
  { tables }: RequestRestoreDeps,
  restore: Restore,
  known: Stored<Restore> | undefined,
): Promise<Restore> {
  if (known === undefined) await tables.restores.insert(restore);
  else await tables.restores.replace(restarted(known.record, restore), known.etag);
  // Somebody else may have been faster, with the same request.
  const stored = await tables.restores.get(restoreKey(restore.id));
  return stored?.record ?? restore;
}

async function checkNow(
  deps: RequestRestoreDeps,
  restore: Restore,
  log: Log,
): Promise<RestoreRequested> {
  if (restore.state !== "Checking" || restore.check === undefined) return answerTo(restore, {});
  for (const operation of operationsOf(restore, deps.now())) await recordOperation(deps, operation);
  const followUp = await deps.start(operationOn(restore, restore.check), log);
  const stored = await deps.tables.restores.get(restoreKey(restore.id));
  return answerTo(stored?.record ?? restore, followUp);
}

const answerTo = (restore: Restore, followUp: FollowUp): RestoreRequested =>
  restore.state === "Failed" && restore.problems
    ? { kind: "refused", problems: restore.problems }
    : { kind: "accepted", restore, followUp };
