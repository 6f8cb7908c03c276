/** Whom an access token names, from its claims alone. */
import * as z from "zod";
import { partnerIdSchema } from "../partners/partner.ts";

const roleSchema = z.enum(["Reader", "Operator", "PolicyAdmin"]);
/** App roles, as they stand in the token's `roles`. They make an operator. */
export type Role = z.infer<typeof roleSchema>;

/** The claims of an Entra ID access token that the app goes by. */
const claimsSchema = z.object({
  oid: z.string().optional(),
  sub: z.string().optional(),
  azp: z.string().optional(),
  appid: z.string().optional(),
  /** Delegated permissions: only a token for a person has them. */
  scp: z.string().optional(),
  /** An optional claim; `app` in a token that an app got for itself. */
  idtyp: z.string().optional(),
  roles: z.array(z.string()).default([]),
});
type Claims = z.infer<typeof claimsSchema>;

export interface Principal {
  /** Object id; client id of an app whose token has none. */
  readonly id: string;
  readonly kind: "person" | "app";
  readonly roles: readonly Role[];
  /** Of an app, in lower case. A token for a person names the app that the person uses, which is nobody here. */
  readonly clientId?: string;
}

/** Undefined when the claims name nobody. */
export function principalOf(claims: unknown): Principal | undefined {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return undefined;
  const { oid, sub, azp, appid } = parsed.data;
  const client = azp ?? appid;
  // An access token names the app that got it; an ID token, which is for that app alone, does not.
  if (client === undefined) return undefined;
  const roles = parsed.data.roles.flatMap((role) => roleSchema.safeParse(role).data ?? []);
  if (!isApp(parsed.data)) {
    const id = oid ?? sub;
    return id === undefined ? undefined : { id, kind: "person", roles };
  }
  const clientId = partnerIdSchema.safeParse(client).data;
  return {
    ...{ id: oid ?? client, kind: "app", roles },
    ...(clientId === undefined ? {} : { clientId }),
  };
}

const isApp = ({ idtyp, scp }: Claims): boolean =>
  idtyp === undefined ? scp === undefined : idtyp === "app";
