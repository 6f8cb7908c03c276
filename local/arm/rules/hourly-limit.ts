/**
 * Restore points that a VM may be asked for in an hour, per consistency mode; more is 429 with Retry-After.
 * https://learn.microsoft.com/azure/virtual-machines/virtual-machines-create-restore-points
 */
import { ArmError } from "../http/arm-error.ts";

const HOUR = 3_600_000;

export class HourlyLimit {
  readonly #asked = new Map<string, number[]>();

  /** Counts one request and answers how many are left, or throws Compute's 429, which has no outer `error`. */
  take(vmId: string, mode: string, limit: number, now: number): number {
    const counter = `${vmId.toLowerCase()} ${mode}`;
    const recent = (this.#asked.get(counter) ?? []).filter((at) => at > now - HOUR);
    if (recent.length >= limit) {
      // There is room again when so many have passed that fewer than the limit are left.
      const blocking = recent[recent.length - limit] ?? now;
      throw tooManyRequests(blocking + HOUR - now, mode);
    }
    this.#asked.set(counter, [...recent, now]);
    return limit - recent.length - 1;
  }
}

const policyOf = (mode: string): string => `Create${mode}RestorePoint`;

/** Recorded as `Microsoft.Compute/CreateCrashConsistentRestorePoint;2`. */
export const remainingHeader = (mode: string, left: number): Record<string, string> => ({
  "x-ms-ratelimit-remaining-resource": `Microsoft.Compute/${policyOf(mode)};${left}`,
});

function tooManyRequests(waitMs: number, mode: string): ArmError {
  const code = "OperationNotAllowed";
  const message =
    "The server rejected the request because too many requests have been received for this resource.";
  const target = policyOf(mode);
  return new ArmError(429, code, message, {
    headers: { "Retry-After": `${Math.ceil(waitMs / 1000)}`, ...remainingHeader(mode, 0) },
    body: { code, message, details: [{ code: "TooManyRequests", target, message }] },
  });
}
