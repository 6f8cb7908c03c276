/** The custom roles of the app's identity: what they are for, and their actions, which follow from `arm-calls.ts`. */
import type { RoleName } from "./arm-call.ts";
import { armCalls } from "./arm-calls.ts";

/** A file of infra/bicep/roles. */
export interface Role {
  readonly name: string;
  readonly description: string;
  readonly actions: readonly string[];
}

const ABOUT: Readonly<Record<RoleName, Pick<Role, "name" | "description">>> = {
  orchestrate: {
    name: "VM Restore Points Orchestrator",
    description:
      "Makes, copies, reads and deletes restore points of VMs. Opens no bytes of any disk. Needed everywhere: assign it at the subscriptions.",
  },
  export: {
    name: "VM Restore Points Exporter",
    description:
      "Gives and ends access to the bytes of disk restore points. Needed for grants: assign it where restore points are that may be granted.",
  },
  restore: {
    name: "VM Restore Points Restorer",
    description:
      "Makes disks, network interfaces and VMs of restore points, and removes what a failed restore has made. Needed for restores: assign it where restore points are, where is restored to, and where the networks and identities are.",
  },
};

/** Without wildcards, each once, in order. */
export function roleOf(role: RoleName): Role {
  const calls = armCalls.filter(({ roles }) => roles.includes(role));
  const actions = calls.flatMap(({ action, linked }) => [
    action,
    ...linked.map((each) => each.action),
  ]);
  return { ...ABOUT[role], actions: [...new Set(actions)].sort() };
}

/** What its file in infra/bicep/roles has. */
export const roleText = (role: RoleName): string => `${JSON.stringify(roleOf(role), null, 2)}\n`;
