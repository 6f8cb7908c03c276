/** Names of the seeded fleet, as ARM and the functions API spell them. */

export const SUBSCRIPTION_ID = "00000000-0000-0000-0000-000000000001";
export const RESOURCE_GROUP = "rg-demo";
export const LOCATION = "westeurope";

const PROVIDERS = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/${RESOURCE_GROUP}/providers`;
const COMPUTE = `${PROVIDERS}/Microsoft.Compute`;
const NETWORK = `${PROVIDERS}/Microsoft.Network`;

export const vmIdOf = (name: string): string => `${COMPUTE}/virtualMachines/${name}`;
export const diskIdOf = (name: string): string => `${COMPUTE}/disks/${name}`;

/** The one that all of them are in. */
export const NETWORK_ID = `${NETWORK}/virtualNetworks/demo-net`;
export const networkInterfaceIdOf = (vm: string): string =>
  `${NETWORK}/networkInterfaces/${vm}-nic`;

/** `{vm}` in the API's routes. */
export const vmKeyOf = (name: string): string =>
  `${SUBSCRIPTION_ID}~${RESOURCE_GROUP}~${name}`.toLowerCase();
