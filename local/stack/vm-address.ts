/** Names of the seeded fleet, as ARM and the functions API spell them. */

export const SUBSCRIPTION_ID = "00000000-0000-0000-0000-000000000001";
export const RESOURCE_GROUP = "rg-demo";
export const LOCATION = "westeurope";

const COMPUTE = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/${RESOURCE_GROUP}/providers/Microsoft.Compute`;

export const vmIdOf = (name: string): string => `${COMPUTE}/virtualMachines/${name}`;
export const diskIdOf = (name: string): string => `${COMPUTE}/disks/${name}`;

/** `{vm}` in the API's routes. */
export const vmKeyOf = (name: string): string =>
  `${SUBSCRIPTION_ID}~${RESOURCE_GROUP}~${name}`.toLowerCase();
