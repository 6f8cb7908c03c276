/**
 * Restore points that a VM may be asked for in an hour, per consistency mode; more is 429 with Retry-After.
 * https://learn.microsoft.com/azure/virtual-machines/virtual-machines-create-restore-points
 */
import { ArmError } from "../http/arm-error.ts";

const HOUR = 3_600_000;

export class HourlyLimit {
  readonly #asked = new Map<string, number[]>();

  /** Counts one request, or throws Compute's 429, which has no outer `error`. */
  take(vmId: string, mode: string, limit: number, now: number): void {
    const counter = `${vmId.toLowerCase()} ${mode}`;
    const recent = (this.#asked.get(counter) ?? []).filter((at) => at > now - HOUR);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= limit)
      throw tooManyRequests(oldest + HOUR - now, mode);
    this.#asked.set(counter, [...recent, now]);
  }
}

function tooManyRequests(waitMs: number, mode: string): ArmError {
  const code = "OperationNotAllowed";
  const message =
    "The server rejected the request because too many requests have been received for this resource.";
  const target = `Create${mode}RestorePoint`;
  return new ArmError(429, code, message, {
    headers: { "Retry-After": `${Math.ceil(waitMs / 1000)}` },
    body: { code, message, details: [{ code: "TooManyRequests", target, message }] },
  });
}
