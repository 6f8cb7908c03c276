/** A VM of which restore points are asked for. */
import { type Protection, protectionKey } from "../../../src/lib/fleet/protection.ts";
import { planVm } from "../../../src/lib/plan/plan-vm.ts";
import { pointRequestStatus } from "../../../src/lib/plan/request-status.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { pointRequestSchema } from "../../../src/lib/requests/point-request.ts";
import { requestPoint } from "../../../src/lib/requests/request-point.ts";
import { fixedPolicies } from "../../fakes/fixed-policies.ts";
import { operationId, protection, virtualMachine } from "../../fixtures/records.ts";
import { Scene as Operations } from "../operations/scene.ts";

export const by = { id: "alice", kind: "person" } as const;

export class Scene extends Operations {
  readonly policies = fixedPolicies();
  readonly limits = azureLimits;
  readonly tagName = "restore-points";

  async record(more: Partial<Protection> = {}): Promise<this> {
    await this.tables.protections.upsert(protection(more));
    this.arm.vms.set(this.vm, virtualMachine({ tags: { "restore-points": "hourly" } }));
    return this;
  }

  ask(wanted: Record<string, unknown> = {}, number = 7) {
    const asking = { id: operationId(number), by, correlationId: "c-1" };
    return requestPoint(this, asking, pointRequestSchema.parse(wanted), this.log);
  }

  plan = () => planVm(this)({ vm: this.vm }, this.log);
  status = async (number = 7) => await pointRequestStatus(this, operationId(number));
  slots = async () =>
    (await this.tables.protections.get(protectionKey(this.vm)))?.record.openSlots ?? [];
}
