/** What a restore would make, and everything that is against it. Reads only, and records nothing. */
import type { ArmFailure } from "../operations/arm.ts";
import { vmOfOperation } from "../operations/operation-id.ts";
import { checkRestore } from "./check-restore.ts";
import type { CheckDeps } from "./checks/verdict.ts";
import { type Asked, draftRestore, withAzures } from "./draft-restore.ts";
import type { Restore, RestoreProblem } from "./restore.ts";
import type { RestoreRequest } from "./restore-request.ts";
import { sourceOf } from "./restore-source.ts";

export interface Planned {
  readonly restore: Restore;
  readonly problems: readonly RestoreProblem[];
}

export type RestorePlanned =
  | (Planned & { readonly kind: "planned" })
  /** There is no such restore point, or no copy of it in the region. */
  | { readonly kind: "notFound" }
  | Extract<ArmFailure, { kind: "throttled" | "unsettled" }>;

/** Azure is asked even when our own records are against it already: who asks is to learn of everything at once. */
export async function planRestore(
  deps: CheckDeps,
  asked: Asked,
  point: string,
  request: RestoreRequest,
): Promise<RestorePlanned> {
  const name = { vm: vmOfOperation(asked.id), point, region: request.region };
  const source = await sourceOf(deps, name);
  if (source === undefined) return { kind: "notFound" };
  const draft = draftRestore(request, source, asked);
  const checked = await checkRestore(deps, draft.restore);
  if (checked.kind !== "checked") return checked;
  const { restore, problems } = checked;
  return { kind: "planned", restore, problems: withAzures(draft, problems) };
}
