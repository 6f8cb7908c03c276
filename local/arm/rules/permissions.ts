/** What the callers may do: everything, unless a setting takes it from them. Whoever has a token has the same permissions. */
import { ArmError } from "../http/arm-error.ts";
import type { ArmSettings, Permission } from "../settings.ts";

const EVERYTHING: Permission = { actions: ["*"], notActions: [] };

/** Of a resource group: its own, or those that hold everywhere. */
export function permissionIn(
  { permissions }: Pick<ArmSettings, "permissions">,
  group: string | undefined,
): Permission {
  const own = Object.entries(permissions).find(
    ([name]) => name.toLowerCase() === group?.toLowerCase(),
  );
  return own?.[1] ?? permissions["*"] ?? EVERYTHING;
}

/** Of a resource, by its id, beside what its group gives. It is listed only: requests go by the group's. */
export const permissionOn = (
  { permissions }: Pick<ArmSettings, "permissions">,
  id: string,
): Permission | undefined =>
  Object.entries(permissions).find(([name]) => name.toLowerCase() === id.toLowerCase())?.[1];

interface Asked {
  /** As roles call it: `Microsoft.Compute/disks/write`. */
  readonly action: string;
  readonly group: string | undefined;
  readonly scope: string;
  /** Who asks. */
  readonly principal: string;
}

/** Throws ARM's 403. */
export function demandPermitted(
  settings: Pick<ArmSettings, "permissions">,
  { action, group, scope, principal }: Asked,
): void {
  const { actions, notActions } = permissionIn(settings, group);
  if (isAmong(actions, action) && !isAmong(notActions, action)) return;
  const message = `The client '${principal}' with object id '${principal}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  throw new ArmError(403, "AuthorizationFailed", message);
}

/** A `*` in a role stands for anything. */
const isAmong = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => {
    const escaped = pattern.replaceAll(/[^\w*]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${escaped}$`, "i").test(action);
  });
