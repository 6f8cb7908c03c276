/**
 * Asks Azure whether a restore can be carried out as a whole, before anything of it is made: every reason against it, at
 * once. Azure itself would say each of them only when its turn comes, with the rest made already.
 */
import type { ArmFailure } from "../operations/arm.ts";
import { checkNames } from "./checks/names.ts";
import { checkNetwork } from "./checks/network.ts";
import { checkPermissions } from "./checks/permissions.ts";
import { checkSkus } from "./checks/skus.ts";
import { checkSource } from "./checks/source.ts";
import type { CheckDeps, Verdict } from "./checks/verdict.ts";
import type { Restore, RestoreProblem } from "./restore.ts";

export type Checked =
  | {
      readonly kind: "checked";
      /** With the place in the network that was found for it. */
      readonly restore: Restore;
      readonly problems: readonly RestoreProblem[];
    }
  /** Azure does not answer: nothing is known. */
  | Extract<ArmFailure, { kind: "throttled" | "unsettled" }>;

/** Reads only. */
export async function checkRestore(deps: CheckDeps, restore: Restore): Promise<Checked> {
  const { network, ...verdict } = await checkNetwork(deps, restore);
  const placed = network === undefined ? restore : { ...restore, network };
  const verdicts: readonly Verdict[] = [
    verdict,
    ...(await Promise.all([
      checkSource(deps, placed),
      checkNames(deps, placed),
      checkSkus(deps, placed),
      checkPermissions(deps, placed),
    ])),
  ];
  const failure = verdicts.find((each) => each.failure !== undefined)?.failure;
  if (failure) return failure;
  return { kind: "checked", restore: placed, problems: verdicts.flatMap((each) => each.problems) };
}
