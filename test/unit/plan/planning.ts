/** Plans the protection of a VM with a tag, given what it had before. */

import type { Protection } from "../../../src/lib/fleet/protection.ts";
import type { VirtualMachine } from "../../../src/lib/fleet/virtual-machine.ts";
import { planProtection } from "../../../src/lib/plan/plan-protection.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { resolveProtection } from "../../../src/lib/policy/resolve-protection.ts";
import {
  openSlot,
  operationId,
  policies,
  policy,
  virtualMachine,
  vmKey,
} from "../../fixtures/records.ts";

export const now = new Date("2026-01-31T10:00:20Z");
const known = policies(
  policy("hourly"),
  policy("gold", { consistency: "ApplicationConsistent" }),
  policy("quiet", { onEvents: [] }),
  policy("watchful", { onEvents: ["resized"] }),
);

export function plan(
  tag: string | undefined,
  previous?: Protection,
  vm: Partial<VirtualMachine> = {},
) {
  const tagged = virtualMachine({
    ...vm,
    tags: tag === undefined ? {} : { "restore-points": tag },
  });
  const resolution = resolveProtection(tagged, "restore-points", known);
  return planProtection({
    key: vmKey(),
    vm: tagged,
    previous,
    resolution,
    policies: known,
    limits: azureLimits,
    now,
  });
}

export const waiting = openSlot({ slot: "s202601310900", cause: "schedule" });
export const running = openSlot({ operation: operationId() });
