/** A subnet by its id, with the network that it is part of, and the addresses that it has. */
import type { State, Subnet, VirtualNetwork } from "../../state/state.ts";
import { type AddressRange, rangeOf } from "./address-range.ts";

interface FoundSubnet {
  readonly network: VirtualNetwork;
  readonly subnet: Subnet;
}

export function findSubnet({ virtualNetworks }: State, id: string): FoundSubnet | undefined {
  const [, networkId = "", name = ""] = /^(.+)\/subnets\/([^/]+)$/i.exec(id) ?? [];
  const network = virtualNetworks.get(networkId);
  const subnet = network && subnetNamed(network, name);
  return network && subnet ? { network, subnet } : undefined;
}

export const subnetNamed = ({ subnets }: VirtualNetwork, wanted: string): Subnet | undefined =>
  subnets.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());

export const rangeOfSubnet = (networkId: string, { name, properties }: Subnet): AddressRange =>
  rangeOf(properties.addressPrefix, `${networkId}/subnets/${name}`);
