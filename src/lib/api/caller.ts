/** Who calls the HTTP API, and what they may do. Deny is the default: a role that is not named here opens nothing. */
import { z } from "zod";
import type { VmKey } from "../fleet/vm-key.ts";
import { ApiError } from "./api-error.ts";

const roleSchema = z.enum(["Reader", "Operator", "PolicyAdmin"]);
/** App roles, as they stand in the token's `roles`. */
type Role = z.infer<typeof roleSchema>;

/** The claims of an Entra ID access token that the app goes by. */
const claimsSchema = z.object({
  oid: z.string().optional(),
  sub: z.string().optional(),
  azp: z.string().optional(),
  appid: z.string().optional(),
  roles: z.array(z.string()).default([]),
});

export interface Caller {
  /** Object id of a person, client id of an app. */
  readonly id: string;
  readonly roles: readonly Role[];
}

export type Action = "read" | "operate" | "managePolicies";

const ROLES_FOR: Readonly<Record<Action, readonly Role[]>> = {
  read: ["Reader", "Operator", "PolicyAdmin"],
  operate: ["Operator", "PolicyAdmin"],
  managePolicies: ["PolicyAdmin"],
};

/** Undefined when the claims name nobody. */
export function callerOf(claims: unknown): Caller | undefined {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return undefined;
  const { oid, sub, azp, appid, roles } = parsed.data;
  const id = oid ?? azp ?? appid ?? sub;
  if (id === undefined) return undefined;
  return { id, roles: roles.flatMap((role) => roleSchema.safeParse(role).data ?? []) };
}

/** Throws 403 unless one of the caller's roles allows the action. */
export function demand(caller: Caller, action: Action): void {
  if (caller.roles.some((role) => ROLES_FOR[action].includes(role))) return;
  throw new ApiError(403, {
    code: "Forbidden",
    message: `This needs one of the app roles ${ROLES_FOR[action].join(", ")}.`,
  });
}

/** Whether the caller may see a VM. Decided before anything is looked up. Operators see the whole fleet. */
export const maySee = (caller: Caller, _vm: VmKey): boolean => caller.roles.length > 0;
