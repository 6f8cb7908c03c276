/** The private address that each ip configuration of a network interface has in its subnet. */
import { ArmError, invalidReference } from "../../http/arm-error.ts";
import { sameId } from "../../paths.ts";
import type { NetworkInterface, State } from "../../state/state.ts";
import { type AddressRange, addressOf, numberOf } from "./address-range.ts";
import { findSubnet, rangeOfSubnet } from "./find-subnet.ts";
import {
  type InterfaceProperties,
  type IpConfiguration,
  ipConfigurationId,
  ipConfigurationsOf,
} from "./interface-body.ts";
import { usersOf } from "./subnet-users.ts";

/** Azure keeps the first four addresses of a subnet and the last. */
const KEPT_AT_START = 4;

type Located = Pick<NetworkInterface, "id" | "location">;

/** The prefix as it is written, and what it means. */
interface Prefix extends AddressRange {
  readonly subnet: string;
  readonly prefix: string;
}

/** `given` with the addresses; throws ARM's refusal of a subnet that is not there, or an address that cannot be had. */
export function withAddresses(
  state: State,
  made: Located,
  given: InterfaceProperties,
  before: NetworkInterface | undefined,
): InterfaceProperties {
  const earlier = before ? ipConfigurationsOf(before) : [];
  const addresses = new Map<IpConfiguration, string>();
  // First those that must have a certain one.
  for (const each of given.ipConfigurations.toSorted((one, other) => rank(one) - rank(other))) {
    const { subnet } = each.properties;
    // Without a subnet there is nothing to take an address from.
    if (subnet === undefined) continue;
    const prefix = prefixOf(state, made, subnet.id);
    const taken = takenIn(state, made, subnet.id);
    for (const address of addresses.values()) taken.set(address, made.id);
    const address = isStatic(each)
      ? demandFree(each, made, prefix, taken)
      : (kept(each, earlier, taken) ?? firstFree(prefix, taken));
    addresses.set(each, address);
  }
  const ipConfigurations = given.ipConfigurations.map((each) => {
    const privateIPAddress = addresses.get(each);
    const privateIPAllocationMethod = each.properties.privateIPAllocationMethod ?? "Dynamic";
    const known = { privateIPAddress, privateIPAllocationMethod };
    return privateIPAddress ? { ...each, properties: { ...each.properties, ...known } } : each;
  });
  return { ...given, ipConfigurations };
}

const isStatic = ({ properties }: IpConfiguration): boolean =>
  properties.privateIPAllocationMethod === "Static";

const rank = (configuration: IpConfiguration): number => (isStatic(configuration) ? 0 : 1);

function prefixOf(state: State, { id, location }: Located, subnetId: string): Prefix {
  const found = findSubnet(state, subnetId);
  if (found?.network.location === location) {
    const { network, subnet } = found;
    const { addressPrefix } = subnet.properties;
    return { ...rangeOfSubnet(network.id, subnet), subnet: subnet.name, prefix: addressPrefix };
  }
  throw invalidReference(subnetId, id);
}

/** By address the interface that has it, unless it is this one. */
function takenIn(state: State, { id }: Located, subnetId: string): Map<string, string> {
  const taken = new Map<string, string>();
  for (const { interfaceId, configuration } of usersOf(state, subnetId)) {
    const { privateIPAddress } = configuration.properties;
    if (privateIPAddress && !sameId(interfaceId, id)) taken.set(privateIPAddress, interfaceId);
  }
  return taken;
}

function demandFree(
  configuration: IpConfiguration,
  { id }: Located,
  { first, last, prefix }: Prefix,
  taken: ReadonlyMap<string, string>,
): string {
  const name = ipConfigurationId(id, configuration);
  const address = configuration.properties.privateIPAddress;
  if (address === undefined) {
    const message = `Private IP address is required when privateIPAllocationMethod is Static in IP configuration ${name}.`;
    throw new ArmError(400, "PrivateIPAddressMissing", message);
  }
  const number = numberOf(address);
  if (!(first <= number && number <= last)) {
    const message = `Private static IP address ${address} does not belong to the range of subnet prefix ${prefix}.`;
    throw new ArmError(400, "PrivateIPAddressNotInSubnet", message);
  }
  if (number < first + KEPT_AT_START || number === last) {
    const message = `Private static IP address ${address} falls within reserved IP range of subnet prefix ${prefix}.`;
    throw new ArmError(400, "PrivateIPAddressInReservedRange", message);
  }
  const owner = taken.get(address);
  if (owner === undefined) return address;
  const message = `IP configuration ${name} is using the private IP address ${address} which is already allocated to resource ${owner}.`;
  throw new ArmError(400, "PrivateIPAddressIsAllocated", message);
}

/** A dynamic address stays what it was, as long as the interface stays in its subnet. */
function kept(
  { name, properties }: IpConfiguration,
  earlier: readonly IpConfiguration[],
  taken: ReadonlyMap<string, string>,
): string | undefined {
  const before = earlier.find((each) => each.name === name)?.properties;
  const address = before?.privateIPAddress;
  if (address === undefined || taken.has(address)) return undefined;
  return sameId(before?.subnet?.id ?? "", properties.subnet?.id ?? "") ? address : undefined;
}

function firstFree(
  { first, last, subnet, prefix }: Prefix,
  taken: ReadonlyMap<string, string>,
): string {
  for (let number = first + KEPT_AT_START; number < last; number += 1) {
    if (!taken.has(addressOf(number))) return addressOf(number);
  }
  const message = `Subnet ${subnet} with address prefix ${prefix} does not have enough capacity for 1 IP addresses.`;
  throw new ArmError(400, "SubnetIsFull", message);
}
