/** Names and paths that the tests share. */

export const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
export const GROUP = "web-rg";
export const LOCATION = "westeurope";
/** The one token that the emulator takes. */
export const TOKEN = "a-token-for-arm";

export const groupPath = (group: string): string =>
  `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}`;

export const computePath = (path: string): string =>
  `${groupPath(GROUP)}/providers/Microsoft.Compute/${path}`;

export const vmId = (name: string): string => computePath(`virtualMachines/${name}`);
export const diskId = (name: string): string => computePath(`disks/${name}`);
export const collectionId = (name: string): string =>
  computePath(`restorePointCollections/${name}`);
export const restorePointId = (collection: string, name: string): string =>
  `${collectionId(collection)}/restorePoints/${name}`;
export const networkInterfaceId = (name: string): string =>
  `${groupPath(GROUP)}/providers/Microsoft.Network/networkInterfaces/${name}`;
export const networkId = (name: string): string =>
  `${groupPath(GROUP)}/providers/Microsoft.Network/virtualNetworks/${name}`;
