/** `<vmKey>~<ulid>`: the id names its owner's partition, so a caller's scope is checked before any look-up. */
import * as z from "zod";
import { LONGEST_VM_KEY, type VmKey, vmKeySchema } from "../fleet/vm-key.ts";

const ULID_LENGTH = 26;

export const operationIdSchema = z
  .string()
  .max(LONGEST_VM_KEY + 1 + ULID_LENGTH)
  .refine((text) => /^.+~[0-9A-HJKMNP-TV-Z]{26}$/.test(text) && vmKeyPart(text).success, {
    error: "expected <vm>~<ulid>",
  })
  .brand<"OperationId">();

export type OperationId = z.infer<typeof operationIdSchema>;

export const operationIdOf = (vm: VmKey, ulid: string): OperationId =>
  operationIdSchema.parse(`${vm}~${ulid}`);

/** In the place of the operation that made something, when none of ours is known to have. */
export const noOperation = (vm: VmKey): OperationId => operationIdOf(vm, "0".repeat(ULID_LENGTH));

/** It was checked when the id was made, or read. */
export const vmOfOperation = (id: OperationId): VmKey => ownerPart(id) as VmKey;

export const ulidOfOperation = (id: OperationId): string => id.slice(-ULID_LENGTH);

const ownerPart = (text: string): string => text.slice(0, -ULID_LENGTH - 1);
const vmKeyPart = (text: string) => vmKeySchema.safeParse(ownerPart(text));
