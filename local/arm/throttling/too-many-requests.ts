/** The 429 of ARM, and that of Compute, which is printed without the outer `error`. Both say when to come back. */
import { ArmError } from "../http/arm-error.ts";

interface Refused {
  readonly retryAfterSeconds: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Seen in 2026: `Number of 'read' requests for subscription '…' actor '…' exceeded. Please try again after '10' seconds.` */
export function armRefusal(
  { retryAfterSeconds, headers }: Refused,
  exceeded: {
    readonly kind: string;
    readonly subscriptionId: string;
    /** Undefined: all callers together are too many. */
    readonly actor: string | undefined;
  },
): ArmError {
  const { kind, subscriptionId, actor } = exceeded;
  const whose = actor === undefined ? "" : ` actor '${actor}'`;
  const message = `Number of '${kind}' requests for subscription '${subscriptionId}'${whose} exceeded. Please try again after '${retryAfterSeconds}' seconds.`;
  return new ArmError(429, "SubscriptionRequestsThrottled", message, {
    headers: { ...headers, "Retry-After": `${retryAfterSeconds}` },
  });
}

/** https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/troubleshooting-throttling-errors */
export function computeRefusal(
  { retryAfterSeconds, headers }: Refused,
  exceeded: {
    readonly policy: string;
    readonly startMs: number;
    readonly endMs: number;
    readonly allowed: number;
    readonly asked: number;
  },
): ArmError {
  const code = "OperationNotAllowed";
  const message =
    "The server rejected the request because too many requests have been received for this subscription.";
  const detail = {
    operationGroup: exceeded.policy,
    startTime: instant(exceeded.startMs),
    endTime: instant(exceeded.endMs),
    allowedRequestCount: exceeded.allowed,
    measuredRequestCount: exceeded.asked,
  };
  return new ArmError(429, code, message, {
    headers: { ...headers, "Retry-After": `${retryAfterSeconds}` },
    body: {
      code,
      message,
      details: [
        { code: "TooManyRequests", target: exceeded.policy, message: JSON.stringify(detail) },
      ],
    },
  });
}

/** As Compute prints it: `2018-06-29T19:54:21.0910000+00:00`. */
const instant = (ms: number): string => new Date(ms).toISOString().replace("Z", "0000+00:00");
