/** Where the fleet is connected: one virtual network, and a network interface for each VM. */
import type { ArmRequest } from "./arm-client.ts";
import { LOCATION, NETWORK_ID, networkInterfaceIdOf } from "./vm-address.ts";

const VERSION = "api-version=2024-05-01";
const SUBNET = "vms";

export async function seedNetwork(armRequest: ArmRequest): Promise<void> {
  await armRequest("PUT", `${NETWORK_ID}?${VERSION}`, {
    location: LOCATION,
    properties: {
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      subnets: [{ name: SUBNET, properties: { addressPrefix: "10.0.1.0/24" } }],
    },
  });
}

export async function seedNetworkInterface(armRequest: ArmRequest, vm: string): Promise<void> {
  const subnet = { id: `${NETWORK_ID}/subnets/${SUBNET}` };
  await armRequest("PUT", `${networkInterfaceIdOf(vm)}?${VERSION}`, {
    location: LOCATION,
    properties: { ipConfigurations: [{ name: "primary", properties: { subnet, primary: true } }] },
  });
}
