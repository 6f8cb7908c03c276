/** Where a restored VM goes: the subnet that was asked for, or the one that the source is in, or was. */
import { protectionKey } from "../../fleet/protection.ts";
import { sameResourceId } from "../../fleet/resource-id.ts";
import type { NetworkPlace } from "../../operations/arm-resources.ts";
import type { Restore } from "../restore.ts";
import { against, type CheckDeps, fine, unanswered, type Verdict } from "./verdict.ts";

type Placed = Verdict & { readonly network?: NetworkPlace };

export async function checkNetwork(deps: CheckDeps, restore: Restore): Promise<Placed> {
  if (restore.kind === "disks") return fine;
  const found = await placeOf(deps, restore);
  const { network } = found;
  if (network === undefined) return found;
  return { network, ...(await checkSubnet(deps, restore, network.subnetId)) };
}

async function placeOf({ arm, tables }: CheckDeps, restore: Restore): Promise<Placed> {
  const { subnetId, sourceInterfaceId, vm } = restore;
  if (subnetId !== undefined) return { ...fine, network: { subnetId } };
  // That it is not known has been said before.
  if (sourceInterfaceId === undefined) return fine;
  const reading = await arm.getNetworkPlace(sourceInterfaceId);
  if (reading.kind === "found") return { ...fine, network: reading.place };
  if (reading.kind !== "notFound") return unanswered(reading, "subnetId", "the source's interface");
  const protection = (await tables.protections.get(protectionKey(vm)))?.record;
  const recorded = protection?.networkPlaces?.find(({ id }) =>
    sameResourceId(id, sourceInterfaceId),
  );
  if (recorded === undefined) {
    const message =
      "The source's network interface is gone, and its subnet not on record; name one.";
    return against({ code: "SubnetUnknown", message, target: "subnetId" });
  }
  const { id: _, ...network } = recorded;
  return { ...fine, network };
}

async function checkSubnet(
  { azureFacts }: CheckDeps,
  { location }: Restore,
  subnetId: string,
): Promise<Verdict> {
  const target = "subnetId";
  const at = subnetId.toLowerCase().lastIndexOf("/subnets/");
  const [networkId, subnet] = [subnetId.slice(0, at), subnetId.slice(at + "/subnets/".length)];
  const reading = await azureFacts.getVirtualNetwork(networkId);
  if (reading.kind !== "found" && reading.kind !== "notFound") {
    return unanswered(reading, target, "the virtual network");
  }
  if (
    reading.kind === "notFound" ||
    !reading.network.subnets.some((name) => name.toLowerCase() === subnet.toLowerCase())
  ) {
    const message = `There is no subnet ${subnetId}.`;
    return against({ code: "SubnetNotFound", message, target });
  }
  const { network } = reading;
  if (network.location === location) return fine;
  const message = `The subnet is in ${network.location}, and the VM would be in ${location}: name one there.`;
  return against({ code: "SubnetInOtherRegion", message, target });
}
