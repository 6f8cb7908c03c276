/**
 * Makes the catalogue again after a loss of the tables: policies from their copies, restore points and copies from
 * Azure, with what they were made for from the blobs beside them; then every VM is planned. Safe at any time, also
 * when nothing was lost. Deletions stay off until an operator says otherwise.
 */
import { type RestorePoliciesDeps, restorePolicies } from "../policy/restore-policies.ts";
import { switchOff } from "../state/switches.ts";
import { type StartPassesDeps, startRebuild } from "./start-passes.ts";

export interface RebuildDeps
  extends Omit<StartPassesDeps, "tables">,
    Omit<RestorePoliciesDeps, "tables" | "log"> {
  readonly tables: StartPassesDeps["tables"] & RestorePoliciesDeps["tables"];
}

/** How many policies came back. The passes begun here do the rest. */
export async function rebuild(
  deps: RebuildDeps,
  log: RestorePoliciesDeps["log"],
): Promise<{ policies: number }> {
  const now = deps.now();
  await switchOff(deps.tables, "The catalogue is being rebuilt.", now);
  const policies = await restorePolicies({ ...deps, log }, now);
  await startRebuild(deps);
  return { policies };
}
