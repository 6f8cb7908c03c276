/** Calls to a throttled ARM, and what came of them. */
import { ArmError } from "../../../../local/arm/http/arm-error.ts";
import { Journal } from "../../../../local/arm/state/journal.ts";
import type { ThrottledCall } from "../../../../local/arm/throttling/demands.ts";
import { Throttling } from "../../../../local/arm/throttling/throttling.ts";

export const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
export const PRINCIPAL = "99999999-8888-7777-6666-555555555555";
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

const READ = "x-ms-ratelimit-remaining-subscription-reads";
const WRITE = "x-ms-ratelimit-remaining-subscription-writes";
const COMPUTE = "x-ms-ratelimit-remaining-resource";

export interface Outcome {
  readonly status: number;
  readonly wait?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export function throttled({
  throttlingFactor = 1,
  minimumIntervals = "none" as "none" | "documented",
} = {}) {
  const settings = { throttlingFactor, minimumIntervals };
  const throttling = new Throttling(settings, new Journal());
  return { settings, throttling, call: caller(throttling) };
}

type Call = (call: Partial<ThrottledCall>, now?: number) => Outcome;

export const caller =
  (throttling: Throttling): Call =>
  (call, now = 0) => {
    const whole = { subscriptionId: SUBSCRIPTION, region: "westeurope", principal: PRINCIPAL };
    try {
      const headers = throttling.take({ ...whole, resourceId: "/vms/web-01", ...call }, now);
      return { status: 200, headers };
    } catch (error) {
      if (!(error instanceof ArmError)) throw error;
      const { status, headers, body } = error;
      return { status, wait: Number(headers["Retry-After"]), headers, body };
    }
  };

export const times = (call: Call, count: number, what: Partial<ThrottledCall>, now = 0): Outcome =>
  Array.from({ length: count }, () => call(what, now)).at(-1) ?? { status: 0, headers: {} };

export const readsLeft = ({ headers }: Outcome): string | undefined => headers[READ];
export const writesLeft = ({ headers }: Outcome): string | undefined => headers[WRITE];

/** `PutVMResource;11,…`, without the provider's name. */
export const left = ({ headers }: Outcome): string | undefined =>
  headers[COMPUTE]?.replaceAll("Microsoft.Compute/", "");
