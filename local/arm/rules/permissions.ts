/**
 * What the callers may do: everything, unless a setting takes it from them. `roles` says it of one caller, `permissions` of
 * all others alike.
 */
import { ArmError } from "../http/arm-error.ts";
import type { ArmSettings, Permission } from "../settings.ts";
import type { LinkedScope } from "./linked-scopes.ts";

type Settings = Pick<ArmSettings, "permissions" | "roles">;

const EVERYTHING: Permission = { actions: ["*"], notActions: [] };

/** Of a caller: the roles it has; without any what a resource group has of its own, or what holds everywhere. */
export function permissionIn(
  { permissions, roles }: Settings,
  { principal, group }: Pick<Asked, "principal" | "group">,
): Permission {
  const given = roles[principal];
  if (given) return given;
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
export function demandPermitted(settings: Settings, asked: Asked): void {
  const { action, scope, principal } = asked;
  if (isGiven(permissionIn(settings, asked), action)) return;
  const message = `The client '${principal}' with object id '${principal}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  throw new ArmError(403, "AuthorizationFailed", message);
}

/** Throws ARM's 403. Only of callers that have roles: `permissions` are by group, and what is linked to is often in another. */
export function demandLinked(
  { roles }: Pick<ArmSettings, "roles">,
  { action, scope, principal }: Omit<Asked, "group">,
  linked: readonly LinkedScope[],
): void {
  const role = roles[principal];
  const lacking = linked.filter((each) => role && !isGiven(role, each.action));
  if (lacking.length === 0) return;
  const [actions, scopes] = [lacking.map((each) => each.action), lacking.map((each) => each.scope)];
  const message = `The client '${principal}' with object id '${principal}' has permission to perform action '${action}' on scope '${scope}'; however, it does not have permission to perform action(s) '${actions.join(",")}' on the linked scope(s) '${scopes.join(",")}' (respectively) or the linked scope(s) are invalid.`;
  throw new ArmError(403, "LinkedAuthorizationFailed", message);
}

const isGiven = ({ actions, notActions }: Permission, action: string): boolean =>
  isAmong(actions, action) && !isAmong(notActions, action);

/** A `*` in a role stands for anything. */
const isAmong = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => {
    const escaped = pattern.replaceAll(/[^\w*]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${escaped}$`, "i").test(action);
  });
