/**
 * Who may ask for tokens locally. The secrets are as public as Azurite's account key: they open nothing
 * but a stack on this machine, whose signing key is made anew at every start.
 */

export const TENANT_ID = "11111111-1111-1111-1111-111111111111";

/** An app registration with its service principal, as Entra ID would have it. */
export interface Caller {
  readonly name: string;
  readonly clientId: string;
  readonly objectId: string;
  readonly clientSecret: string;
  /** App roles granted on the API. */
  readonly roles: readonly string[];
}

export const callers: readonly Caller[] = [
  seededCaller(1, "operator", "Operator"),
  seededCaller(2, "policy-admin", "PolicyAdmin"),
  seededCaller(3, "reader", "Reader"),
  seededCaller(4, "partner-contoso", "Partner"),
  seededCaller(5, "partner-fabrikam", "Partner"),
  // Without a role, as a real partner's app: what they may do stands in the app's own record of them.
  seededCaller(6, "partner-a"),
  seededCaller(7, "partner-b"),
];

/** The managed identity of the functions app. */
export const appIdentity = {
  clientId: "00000000-0000-4000-a000-0000000000ff",
  objectId: "00000000-0000-4000-b000-0000000000ff",
} as const;

/** Throws for a name nobody has, naming those that exist. */
export function callerNamed(name: string): Caller {
  const caller = callers.find((each) => each.name === name);
  if (caller) return caller;
  const known = callers.map((each) => each.name).join(", ");
  throw new Error(`There is no caller "${name}". Callers: ${known}.`);
}

function seededCaller(number: number, name: string, ...roles: readonly string[]): Caller {
  const suffix = `${number}`.padStart(12, "0");
  return {
    name,
    clientId: `00000000-0000-4000-a000-${suffix}`,
    objectId: `00000000-0000-4000-b000-${suffix}`,
    clientSecret: `local-${name}`,
    roles,
  };
}
