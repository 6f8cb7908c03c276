/**
 * Makes the catalogue again after a loss of the tables: policies and partners from their copies, restore points and
 * copies from Azure, with what they were made for from the blobs beside them; then every VM is planned. Safe at any
 * time, also when nothing was lost. Deletions stay off until an operator says otherwise.
 */
import { type RestorePartnersDeps, restorePartners } from "../partners/restore-partners.ts";
import { type RestorePoliciesDeps, restorePolicies } from "../policy/restore-policies.ts";
import { switchOff } from "../state/switches.ts";
import { type StartPassesDeps, startRebuild } from "./start-passes.ts";

export interface RebuildDeps
  extends Omit<StartPassesDeps, "tables">,
    Omit<RestorePoliciesDeps, "tables" | "log">,
    Omit<RestorePartnersDeps, "tables" | "delayed" | "log"> {
  readonly tables: StartPassesDeps["tables"] &
    RestorePoliciesDeps["tables"] &
    RestorePartnersDeps["tables"];
  readonly delayed: StartPassesDeps["delayed"] & RestorePartnersDeps["delayed"];
}

interface Restored {
  readonly policies: number;
  readonly partners: number;
}

/** How many policies and partners came back. The passes begun here do the rest. */
export async function rebuild(
  deps: RebuildDeps,
  log: RestorePoliciesDeps["log"],
): Promise<Restored> {
  const now = deps.now();
  await switchOff(deps.tables, "The catalogue is being rebuilt.", now);
  const policies = await restorePolicies({ ...deps, log }, now);
  const partners = await restorePartners({ ...deps, log });
  await startRebuild(deps);
  return { policies, partners };
}
