/** SAS that are active: they keep what they are for from being deleted. */
import type { Access } from "../disk-endpoint/access.ts";
import type { Emulator } from "../emulator.ts";
import { ArmError } from "../http/arm-error.ts";
import type { OperationError } from "../operations/operation.ts";
import { documentedErrors } from "./documented-errors.ts";

/** The first on something whose id begins with `prefix`. */
export function activeAccessIn(
  { state, settings, clock }: Pick<Emulator, "state" | "settings" | "clock">,
  prefix: string,
): Access | undefined {
  const now = clock.now();
  for (const access of state.accesses.under(prefix)) {
    const isOver = Date.parse(access.expiresAt) <= now && !settings.ignoreSasExpiry;
    if (!isOver || settings.expiredSasBlocksDelete) return access;
  }
  return undefined;
}

/** The one on this disk or disk restore point. */
export function activeAccessOf(
  emulator: Pick<Emulator, "state" | "settings" | "clock">,
  id: string,
): Access | undefined {
  const access = emulator.state.accesses.get(id);
  return access && isActive(emulator, access) ? access : undefined;
}

/** One that still opens something. */
export const isActive = (
  { settings, clock }: Pick<Emulator, "settings" | "clock">,
  { expiresAt }: Access,
): boolean => settings.ignoreSasExpiry || Date.parse(expiresAt) > clock.now();

/** Of something that is being deleted: what is active by now stops it, what is over goes with it. */
export function endAccessesIn(
  emulator: Pick<Emulator, "state" | "settings" | "clock">,
  prefix: string,
): OperationError | undefined {
  if (activeAccessIn(emulator, prefix)) return documentedErrors.ActiveSas;
  for (const { id } of [...emulator.state.accesses.under(prefix)]) {
    emulator.state.accesses.delete(id);
  }
  return undefined;
}

/**
 * Throws Azure's refusal, or answers it where the deletion is to fail later; undefined when nothing is active.
 * https://learn.microsoft.com/azure/virtual-machines/restore-point-troubleshooting
 */
export function demandNoAccess(
  emulator: Pick<Emulator, "state" | "settings" | "clock">,
  id: string,
): OperationError | undefined {
  if (activeAccessIn(emulator, `${id}/`) === undefined) return undefined;
  const error = documentedErrors.ActiveSas;
  if (emulator.settings.refusals.activeSas === "synchronous") {
    throw new ArmError(409, error.code, error.message);
  }
  return error;
}
