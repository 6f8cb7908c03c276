/** What one check of a restore comes to. */

import type { Protection } from "../../fleet/protection.ts";
import type { Arm, ArmFailure } from "../../operations/arm.ts";
import type { ArmResources } from "../../operations/arm-resources.ts";
import type { EntityTable } from "../../state/entity-table.ts";
import type { AzureFacts } from "../azure-facts.ts";
import type { RestoreProblem } from "../restore.ts";
import type { SourceDeps } from "../restore-source.ts";

export interface CheckDeps extends SourceDeps {
  readonly tables: SourceDeps["tables"] & {
    readonly protections: Pick<EntityTable<Protection>, "get">;
  };
  readonly arm: Pick<Arm, "getReplication"> & Pick<ArmResources, "getResource" | "getNetworkPlace">;
  readonly azureFacts: AzureFacts;
}

export interface Verdict {
  readonly problems: readonly RestoreProblem[];
  /** Azure did not answer, so that nothing is known. */
  readonly failure?: Extract<ArmFailure, { kind: "throttled" | "unsettled" }>;
}

export const fine: Verdict = { problems: [] };

export const against = (problem: RestoreProblem): Verdict => ({ problems: [problem] });

/** Of an answer that says nothing about the restore: not now, or not for us. */
export function unanswered(
  failure: Exclude<ArmFailure, { kind: "notFound" }>,
  target: string,
  what: string,
): Verdict {
  if (failure.kind !== "refused") return { problems: [], failure };
  // Azure's own words name our identity, and what it lacks.
  const message = `Azure refuses to tell about ${what}: ${failure.error.code}.`;
  return against({ code: "NotReadable", message, target });
}
