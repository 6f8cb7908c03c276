/** Whether a holder may still read disks of a VM, by the partner's record as it is now. */
import type { VmKey } from "../fleet/vm-key.ts";
import type { Partner } from "../partners/partner.ts";
import type { PartnerStore } from "../partners/partner-store.ts";
import { inScope } from "../partners/scope.ts";
import type { Holder } from "./grant.ts";

export type MayRead = (holder: Holder, vm: VmKey) => Promise<boolean>;

/** People, and apps with an app role, have no record: their roles are their tenant's to take. */
export const createMayRead =
  (partners: Pick<PartnerStore, "findFresh">): MayRead =>
  async ({ id, partner }, vm) =>
    !partner || allows(await partners.findFresh(id), vm);

const allows = (partner: Partner | undefined, vm: VmKey): boolean =>
  partner !== undefined &&
  partner.state === "enabled" &&
  partner.verbs.includes("grants") &&
  inScope(partner.scope, vm);
