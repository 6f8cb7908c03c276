/**
 * ARM's token buckets: per subscription, region and caller, and fifteen times as many for all callers together.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
import type { Limit } from "./limit.ts";

type ArmKind = "reads" | "writes" | "deletes";

interface ArmLimits {
  readonly ofCaller: Limit;
  readonly ofAllCallers: Limit;
}

const limits = (kind: ArmKind, capacity: number, perSecond: number): ArmLimits => ({
  ofCaller: { name: kind, capacity, refill: 1, everyMs: 1000 / perSecond },
  ofAllCallers: {
    name: `global-${kind}`,
    capacity: 15 * capacity,
    refill: 15,
    everyMs: 1000 / perSecond,
  },
});

export const ARM_LIMITS: Readonly<Record<ArmKind, ArmLimits>> = {
  reads: limits("reads", 250, 25),
  writes: limits("writes", 200, 10),
  deletes: limits("deletes", 200, 10),
};

export function armKindOf(method: string): ArmKind {
  if (method === "GET" || method === "HEAD") return "reads";
  return method === "DELETE" ? "deletes" : "writes";
}
