/**
 * After a policy has changed: every VM that it protects is planned again, and the restore points of every VM are gone
 * through, since any may have some that the policy made once. Page by page, and no faster than Azure lets VMs be read.
 */
import type { Protection } from "../fleet/protection.ts";
import type { DelayedMessages, PlanFleetMessage } from "../operations/messages.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";

export interface PlanFleetDeps {
  readonly tables: Pick<Tables, "protections">;
  readonly delayed: Pick<DelayedMessages, "planVm" | "planPoints" | "planFleet">;
}

const VMS_ON_A_PAGE = 100;
/** The VMs of a page start within this time. */
const WITHIN_MS = 60_000;
/** 25 VMs a second: what Azure Resource Manager grants for reads in a subscription. */
const NEXT_PAGE_MS = 4_000;
const AT_ONCE = 16;
/** A page that failed as often as the host tries is begun again after this. */
const AGAIN_MS = 5 * 60_000;

export const planFleet =
  ({ tables, delayed }: PlanFleetDeps) =>
  async ({ policy, continuation }: PlanFleetMessage, log: Log): Promise<void> => {
    const page = await tables.protections.list({}, { size: VMS_ON_A_PAGE, continuation });
    const { records } = page;
    let planned = 0;
    const sendOne = async (protection: Protection, index: number): Promise<void> => {
      const { vm } = protection;
      const delayMs = Math.floor((index / records.length) * WITHIN_MS);
      if (isConcerned(protection, policy)) {
        planned++;
        await delayed.planVm({ vm }, delayMs);
      }
      await delayed.planPoints({ vm }, delayMs);
    };
    for (let from = 0; from < records.length; from += AT_ONCE) {
      const some = records.slice(from, from + AT_ONCE);
      await Promise.all(some.map((record, index) => sendOne(record, from + index)));
    }
    log.info("fleetPlanned", { policy, vms: records.length, planned });
    // Last: a crash before repeats the page, and never loses the rest of the fleet.
    if (page.continuation !== undefined) {
      await delayed.planFleet({ policy, continuation: page.continuation }, NEXT_PAGE_MS);
    }
  };

/** Also a VM whose tag could not be read, because it names a policy that was not there. */
const isConcerned = ({ policies, misconfiguration }: Protection, policy: string): boolean =>
  policies.includes(policy) || (misconfiguration?.tag.toLowerCase().includes(policy) ?? false);

export const planFleetAgain =
  ({ delayed }: Pick<PlanFleetDeps, "delayed">) =>
  async (message: PlanFleetMessage, log: Log): Promise<void> => {
    log.error("messagePoisoned", { policy: message.policy, retryInMs: AGAIN_MS });
    await delayed.planFleet(message, AGAIN_MS);
  };
