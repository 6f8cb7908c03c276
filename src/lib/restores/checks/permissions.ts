/**
 * Whether we may do what the restore takes, its clean-up included: what may be made and not be deleted again would be
 * left behind. What a resource is made to use is asked for at that resource, where roles for it are often given. Azure's
 * list says what roles allow; deny assignments and locks show only when it comes to it.
 */
import { nameOfResource } from "../../fleet/resource-id.ts";
import { vmNameOf } from "../../fleet/vm-key.ts";
import type { Permission } from "../../operations/arm-resources.ts";
import type { Restore } from "../restore.ts";
import { sourceOf } from "../restore-source.ts";
import { against, type CheckDeps, fine, unanswered, type Verdict } from "./verdict.ts";

const OF_DISKS = ["read", "write", "delete"].map((verb) => `Microsoft.Compute/disks/${verb}`);
const OF_VM = [
  ...["read", "write", "delete"].map((verb) => `Microsoft.Compute/virtualMachines/${verb}`),
  ...["read", "write", "delete", "join/action"].map(
    (verb) => `Microsoft.Network/networkInterfaces/${verb}`,
  ),
];
const OF_STOPPED_VM = [
  "Microsoft.Compute/virtualMachines/deallocate/action",
  "Microsoft.Compute/virtualMachines/instanceView/read",
];
const JOIN_SUBNET = "Microsoft.Network/virtualNetworks/subnets/join/action";
const JOIN_GROUP = "Microsoft.Network/networkSecurityGroups/join/action";
const ASSIGN_IDENTITY = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

interface Needed {
  /** ARM id. */
  readonly scope: string;
  readonly actions: readonly string[];
  readonly target: string;
}

export async function checkPermissions(deps: CheckDeps, restore: Restore): Promise<Verdict> {
  const { azureFacts } = deps;
  const { subscriptionId } = vmNameOf(restore.vm);
  const target = "resourceGroup";
  const group = await azureFacts.getResourceGroup(subscriptionId, restore.resourceGroup);
  if (group.kind === "notFound") {
    const message = `There is no resource group ${restore.resourceGroup}.`;
    return against({ code: "ResourceGroupNotFound", message, target });
  }
  if (group.kind !== "found") return unanswered(group, target, "the resource group");
  const scope = `/subscriptions/${subscriptionId}/resourceGroups/${restore.resourceGroup}`;
  const needed =
    restore.kind === "disks"
      ? [{ scope, actions: OF_DISKS, target }]
      : [{ scope, actions: ofVm(restore), target }, ...(await ofWhatItUses(deps, restore))];
  const verdicts = await Promise.all(needed.map((each) => missing(deps, each)));
  const failure = verdicts.find((each) => each.failure)?.failure;
  return { problems: verdicts.flatMap((each) => each.problems), ...(failure ? { failure } : {}) };
}

const ofVm = ({ powerState }: Restore): readonly string[] =>
  powerState === "stopped" ? [...OF_DISKS, ...OF_VM, ...OF_STOPPED_VM] : [...OF_DISKS, ...OF_VM];

/** The subnet, the network security group, and the identities that the source has. */
async function ofWhatItUses(deps: CheckDeps, restore: Restore): Promise<Needed[]> {
  const { subnetId, networkSecurityGroupId: groupId } = restore.network ?? {};
  const source = await sourceOf(deps, restore);
  const identities = Object.keys(source?.model?.identity?.userAssignedIdentities ?? {});
  return [
    ...(subnetId ? [{ scope: subnetId, actions: [JOIN_SUBNET], target: "subnetId" }] : []),
    ...(groupId ? [{ scope: groupId, actions: [JOIN_GROUP], target: "subnetId" }] : []),
    ...identities.map((scope) => ({ scope, actions: [ASSIGN_IDENTITY], target: "kind" })),
  ];
}

async function missing(
  { azureFacts }: Pick<CheckDeps, "azureFacts">,
  { scope, actions, target }: Needed,
): Promise<Verdict> {
  const reading = await azureFacts.listPermissions(scope);
  // Azure does not have to tell: then it shows when it comes to it.
  if (reading.kind === "notFound" || reading.kind === "refused") return fine;
  if (reading.kind !== "found") return unanswered(reading, target, "our permissions");
  const lacking = actions.filter((action) => !isAllowed(reading.permissions, action));
  if (lacking.length === 0) return fine;
  const message = `The app's identity may not do this in ${nameOfResource(scope)}: ${lacking.join(", ")}.`;
  return against({ code: "PermissionMissing", message, target });
}

/** A role that takes an action away takes it only from what it gives itself. */
export const isAllowed = (permissions: readonly Permission[], action: string): boolean =>
  permissions.some(
    ({ actions, notActions }) =>
      actions.some((each) => covers(each, action)) &&
      !notActions.some((each) => covers(each, action)),
  );

function covers(pattern: string, action: string): boolean {
  const parts = pattern.toLowerCase().split("*");
  const escaped = parts.map((part) => part.replace(/[^\w/-]/g, String.raw`\$&`));
  return new RegExp(`^${escaped.join(".*")}$`).test(action.toLowerCase());
}
