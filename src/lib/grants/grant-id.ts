/** `<holder>~<ulid>`: the id names its holder's partition, so that whose it is is known before any look-up. */
import * as z from "zod";
import type { EntityKey } from "../state/entity-table.ts";

const ULID_LENGTH = 26;

/** Object id of a person, client id of an app. */
export const holderIdSchema = z
  .string()
  .regex(/^[0-9A-Za-z-]{1,64}$/, { error: "expected the id of a person or of an app" });

export const grantIdSchema = z
  .string()
  .regex(/^[0-9A-Za-z-]{1,64}~[0-9A-HJKMNP-TV-Z]{26}$/, { error: "expected <holder>~<ulid>" })
  .brand<"GrantId">();
export type GrantId = z.infer<typeof grantIdSchema>;

export const grantIdOf = (holder: string, ulid: string): GrantId =>
  grantIdSchema.parse(`${holder}~${ulid}`);

export const holderOfGrant = (id: GrantId): string => id.slice(0, -ULID_LENGTH - 1);

export const grantKey = (id: GrantId): EntityKey => ({
  partitionKey: holderOfGrant(id),
  rowKey: id.slice(-ULID_LENGTH),
});
