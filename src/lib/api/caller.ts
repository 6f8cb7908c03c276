/**
 * Who calls the HTTP API, and what they may do. Deny is the default: a role or verb that is not named here opens nothing.
 * A caller with an app role is an operator and sees the fleet; a partner has no role but a record, and sees its scope.
 */
import type { VmKey } from "../fleet/vm-key.ts";
import { type Partner, type PartnerVerb, partnerVerbSchema } from "../partners/partner.ts";
import type { RateLimit } from "../partners/rate-limit.ts";
import { inScope } from "../partners/scope.ts";
import { ApiError } from "./api-error.ts";
import type { Principal, Role } from "./principal.ts";

export interface Caller {
  /** Object id; of a partner the client id of its app, which its record has too. */
  readonly id: string;
  readonly kind: "person" | "app";
  readonly roles: readonly Role[];
  /** Enabled, as it was within the last second. */
  readonly partner?: Partner;
}

export type Action =
  /** What is about one VM. */
  | "read"
  /** Lists and reports over the fleet, policies, switches. */
  | "readFleet"
  | "operate"
  /** Making restore points, and copies of them. */
  | "createRestorePoints"
  | "deleteRestorePoints"
  /** Making disks and VMs of restore points. */
  | "restore"
  /** Restores and how far they are. */
  | "readRestores"
  | "managePolicies"
  /** How far operations are; a partner sees those that its verbs are about. */
  | "readOperations"
  /** Grants and how far they are. */
  | "readGrants"
  /** Asking for grants, reading disks, ending grants. */
  | "grant"
  | "managePartners";

interface Rule {
  readonly roles: readonly Role[];
  /** Of partners, any of these; without one they may not at all. */
  readonly verbs?: readonly PartnerVerb[];
}

const RULES: Readonly<Record<Action, Rule>> = {
  read: { roles: ["Reader", "Operator", "PolicyAdmin"], verbs: ["read"] },
  readOperations: {
    roles: ["Reader", "Operator", "PolicyAdmin"],
    verbs: partnerVerbSchema.options,
  },
  readFleet: { roles: ["Reader", "Operator", "PolicyAdmin"] },
  operate: { roles: ["Operator", "PolicyAdmin"] },
  createRestorePoints: { roles: ["Operator", "PolicyAdmin"], verbs: ["createRestorePoints"] },
  deleteRestorePoints: { roles: ["Operator", "PolicyAdmin"], verbs: ["deleteRestorePoints"] },
  restore: { roles: ["Operator", "PolicyAdmin"], verbs: ["restores"] },
  readRestores: { roles: ["Reader", "Operator", "PolicyAdmin"], verbs: ["read", "restores"] },
  managePolicies: { roles: ["PolicyAdmin"] },
  readGrants: { roles: ["Reader", "Operator", "PolicyAdmin"], verbs: ["grants"] },
  grant: { roles: ["Operator", "PolicyAdmin"], verbs: ["grants"] },
  managePartners: { roles: ["PolicyAdmin"] },
};

const forbidden = (message: string): ApiError => new ApiError(403, { code: "Forbidden", message });

/**
 * The principal of a token with what is on record about it. Throws 403 for an app that is neither operator nor enabled
 * partner: whether there is a record is not told.
 */
export async function callerOf(
  { id, kind, roles, clientId }: Principal,
  findPartner: (clientId: string) => Promise<Partner | undefined>,
): Promise<Caller> {
  if (kind === "person" || roles.length > 0) return { id, kind, roles };
  const partner = clientId === undefined ? undefined : await findPartner(clientId);
  if (partner?.state === "enabled") return { id: partner.id, kind, roles, partner };
  throw forbidden("This app has no app role, and is not an enabled partner.");
}

/** Throws 429 for a partner that asks too often. Also what it may not do costs it, so that trying does; operators are free. */
export function demandRate({ partner }: Caller, rateLimit: RateLimit, now: Date): void {
  const taken = partner && rateLimit.take(partner, now);
  if (taken?.kind !== "limited") return;
  const seconds = String(Math.ceil(taken.retryAfterMs / 1000));
  const message = `More requests than the partner's record allows. The next one is answered in ${seconds} s.`;
  throw new ApiError(429, { code: "TooManyRequests", message }, { "Retry-After": seconds });
}

/** Whether one of the caller's roles, or a verb of the partner, allows the action. */
export function may({ roles, partner }: Caller, action: Action): boolean {
  const { roles: allowed, verbs = [] } = RULES[action];
  return (
    roles.some((role) => allowed.includes(role)) ||
    verbs.some((verb) => partner?.verbs.includes(verb))
  );
}

/** Throws 403 unless the caller may. */
export function demand(caller: Caller, action: Action): void {
  if (may(caller, action)) return;
  const { verbs = [], ...rule } = RULES[action];
  throw forbidden(
    caller.partner && verbs.length > 0
      ? `This needs the verb ${verbs.join(" or ")} in the partner's record.`
      : `This needs one of the app roles ${rule.roles.join(", ")}.`,
  );
}

/** Operators do. */
export const seesFleet = ({ roles }: Caller): boolean => roles.length > 0;

/** Whether the caller may see a VM. Decided before anything is looked up. */
export const maySee = (caller: Caller, vm: VmKey): boolean =>
  seesFleet(caller) || (caller.partner !== undefined && inScope(caller.partner.scope, vm));
