/** Whether somebody may still read disks of a VM, or restore it, by the partner's record as it is now. */
import type { VmKey } from "../fleet/vm-key.ts";
import type { Partner, PartnerVerb } from "../partners/partner.ts";
import type { PartnerStore } from "../partners/partner-store.ts";
import { inScope } from "../partners/scope.ts";
import type { Holder } from "./grant.ts";

export type MayRead = (
  holder: Pick<Holder, "id" | "partner">,
  vm: VmKey,
  verb?: "grants" | "restores",
) => Promise<boolean>;

/** People, and apps with an app role, have no record: their roles are their tenant's to take. */
export const createMayRead =
  (partners: Pick<PartnerStore, "findFresh">): MayRead =>
  async ({ id, partner }, vm, verb = "grants") =>
    !partner || allows(await partners.findFresh(id), vm, verb);

const allows = (partner: Partner | undefined, vm: VmKey, verb: PartnerVerb): boolean =>
  partner !== undefined &&
  partner.state === "enabled" &&
  partner.verbs.includes(verb) &&
  inScope(partner.scope, vm);
