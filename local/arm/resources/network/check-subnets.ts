/** Whether a virtual network can be given these subnets: their address prefixes fit, and nothing that is in one loses it. */
import { ArmError } from "../../http/arm-error.ts";
import type { State, Subnet, VirtualNetwork } from "../../state/state.ts";
import { type AddressRange, contains, numberOf, overlaps, rangeOf } from "./address-range.ts";
import { rangeOfSubnet } from "./find-subnet.ts";
import { demandUnused, usersOf } from "./subnet-users.ts";

type Changed = Pick<VirtualNetwork, "id" | "name" | "properties" | "subnets">;

/** Throws ARM's refusal. */
export function demandSubnets(
  state: State,
  changed: Changed,
  before: VirtualNetwork | undefined,
): void {
  demandPrefixes(changed);
  const { id, subnets } = changed;
  for (const each of subnets) demandAddressesKept(state, id, each);
  const names = new Set(subnets.map(({ name }) => name.toLowerCase()));
  for (const { name } of before?.subnets ?? []) {
    if (!names.has(name.toLowerCase())) demandUnused(state, id, name);
  }
}

function demandPrefixes({ id, name, properties, subnets }: Changed): void {
  const space = properties.addressSpace.addressPrefixes.map((each) => rangeOf(each, id));
  const earlier: AddressRange[] = [];
  for (const subnet of subnets) {
    const range = rangeOfSubnet(id, subnet);
    const refused = `Subnet '${subnet.name}' is not valid because its IP address range`;
    if (!space.some((each) => contains(each, range))) {
      const message = `${refused} is outside the IP address range of virtual network '${name}'.`;
      throw new ArmError(400, "NetcfgSubnetRangeOutsideVnet", message);
    }
    if (earlier.some((each) => overlaps(each, range))) {
      const message = `${refused} overlaps with that of an existing subnet in virtual network '${name}'.`;
      throw new ArmError(400, "NetcfgSubnetRangesOverlap", message);
    }
    earlier.push(range);
  }
}

/** Nobody is left with an address that is no longer of the subnet. */
function demandAddressesKept(state: State, networkId: string, subnet: Subnet): void {
  const { first, last } = rangeOfSubnet(networkId, subnet);
  for (const { configuration } of usersOf(state, `${networkId}/subnets/${subnet.name}`)) {
    const { privateIPAddress } = configuration.properties;
    const number = privateIPAddress === undefined ? first : numberOf(privateIPAddress);
    if (first <= number && number <= last) continue;
    const message = `The prefix of subnet ${subnet.name} cannot be changed to ${subnet.properties.addressPrefix}: IP address ${privateIPAddress} of it has active allocations.`;
    throw new ArmError(400, "InUsePrefixCannotBeDeleted", message);
  }
}
