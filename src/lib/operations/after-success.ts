/** What follows when ARM has done what was asked: the next step of the operation, or its end. */
import type { Stored } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import { endOperation } from "./end-operation.ts";
import type { EndDeps, Ending } from "./endings/ending.ts";
import { kindOf } from "./kinds/kind-of.ts";
import type { FollowUp } from "./messages.ts";
import type { Operation } from "./operation.ts";
import { startNext } from "./operation-moves.ts";

export async function afterSuccess(
  deps: EndDeps,
  stored: Stored<Operation>,
  ending: Ending & { kind: "succeeded" },
  log: Log,
): Promise<FollowUp> {
  const next = kindOf(stored.record).nextStep;
  if (next === undefined) return await endOperation(deps, stored.record, ending, log);
  const { id } = stored.record;
  if ((await deps.tables.operations.replace(startNext(next), stored.etag)) === "conflict") {
    log.info("messageDropped", { operation: id, reason: "raced" });
    return {};
  }
  return { start: [{ operation: id }] };
}
