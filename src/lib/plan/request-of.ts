import type { OpenSlot } from "../fleet/protection.ts";
import type { Tables } from "../state/tables.ts";
import { type CreateRequest, requestKey } from "./request-record.ts";

/** The request that a slot is for; undefined for those of policies, and once nobody knows it any more. */
export async function requestOf(
  { tables }: { readonly tables: Pick<Tables, "requests"> },
  slot: OpenSlot | undefined,
): Promise<CreateRequest | undefined> {
  if (slot?.request === undefined) return undefined;
  const record = (await tables.requests.get(requestKey(slot.request)))?.record;
  return record?.kind === "createRestorePoint" ? record : undefined;
}
