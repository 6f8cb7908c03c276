/** One request to Azure Resource Manager, as the tables of them have it. */

export const roleNames = ["orchestrate", "export", "restore"] as const;
export type RoleName = (typeof roleNames)[number];

export interface ArmCall {
  /** `{subscription}`, `{group}` and `{scope}` stand for ids, every other `{name}` for a name. */
  readonly request: string;
  /** As roles call it. */
  readonly action: string;
  readonly roles: readonly RoleName[];
  readonly why: string;
  /** What Azure demands because of it, beside its own action. */
  readonly linked: readonly Linked[];
}

export interface Linked {
  readonly action: string;
  readonly why: string;
  /** The local stack does not ask for it. */
  readonly onlyInAzure?: true;
}

const COMPUTE = "{group}/providers/Microsoft.Compute";
const COLLECTION = `${COMPUTE}/restorePointCollections/{collection}`;
const POINT = `${COLLECTION}/restorePoints/{restorePoint}`;
const IN_SUBSCRIPTION = "{subscription}/providers/Microsoft.Compute";

export const path = {
  collection: COLLECTION,
  point: POINT,
  diskPoint: `${POINT}/diskRestorePoints/{diskRestorePoint}`,
  disk: `${COMPUTE}/disks/{disk}`,
  vm: `${COMPUTE}/virtualMachines/{vm}`,
  networkInterface: "{group}/providers/Microsoft.Network/networkInterfaces/{networkInterface}",
  inSubscription: IN_SUBSCRIPTION,
  location: `${IN_SUBSCRIPTION}/locations/{location}`,
};

const POINTS = "Microsoft.Compute/restorePointCollections/restorePoints";

/** What actions are on. */
export const type = {
  collections: "Microsoft.Compute/restorePointCollections",
  points: POINTS,
  diskPoints: `${POINTS}/diskRestorePoints`,
  disks: "Microsoft.Compute/disks",
  vms: "Microsoft.Compute/virtualMachines",
  networkInterfaces: "Microsoft.Network/networkInterfaces",
};

/** `roles`: one or several names. */
export const call = (
  roles: string,
  request: string,
  action: string,
  why: string,
  linked: readonly Linked[] = [],
): ArmCall => ({
  request,
  action,
  roles: roleNames.filter((name) => roles.split(" ").includes(name)),
  why,
  linked,
});
