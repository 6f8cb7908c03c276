/** One subscription with VMs, the records of them, and a pass that runs to its end. */
import { type Protection, protectionKey } from "../../../src/lib/fleet/protection.ts";
import type { VirtualMachine } from "../../../src/lib/fleet/virtual-machine.ts";
import type { VmKey } from "../../../src/lib/fleet/vm-key.ts";
import { createPace } from "../../../src/lib/operations/pacer.ts";
import { reconcileMessageSchema } from "../../../src/lib/reconcile/pass.ts";
import { reconcilePage } from "../../../src/lib/reconcile/reconcile-page.ts";
import { startPasses } from "../../../src/lib/reconcile/start-passes.ts";
import { FakeArm } from "../../fakes/fake-arm.ts";
import { fixedPolicies } from "../../fakes/fixed-policies.ts";
import { memoryLegalHolds } from "../../fakes/memory-legal-holds.ts";
import { memoryRecordedVms } from "../../fakes/memory-recorded-vms.ts";
import { allOf, memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import {
  policies,
  policy,
  protection,
  virtualMachine,
  vmId,
  vmKey,
} from "../../fixtures/records.ts";

export const MINUTE = 60_000;
export const PASS = 15 * MINUTE;
const START = Date.parse("2026-01-31T10:00:45.000Z");
export const SUBSCRIPTION = vmKey().slice(0, vmKey().indexOf("~"));

export class Scene {
  at = START;
  readonly arm = new FakeArm(() => this.at);
  readonly tables = memoryTables();
  readonly recordedVms = memoryRecordedVms();
  readonly legalHolds = memoryLegalHolds();
  readonly delayed = new RecordedDelays();
  readonly pace = createPace(this.tables.pacer);
  readonly log = new RecordingLog();
  readonly policies = fixedPolicies(policies(policy("hourly"), policy("daily")));
  readonly tagName = "restore-points";
  readonly subscriptions = [SUBSCRIPTION];
  readonly now = () => new Date(this.at);

  addVm(name: string, tag?: string, more: Partial<VirtualMachine> = {}): VmKey {
    const tags = tag === undefined ? {} : { [this.tagName]: tag };
    this.arm.vms.set(vmKey(name), virtualMachine({ name, id: vmId(name), tags, ...more }));
    return vmKey(name);
  }

  async record(name: string, more: Partial<Protection> = {}): Promise<VmKey> {
    const record = protection({ vm: vmKey(name), resourceId: vmId(name), ...more });
    await this.tables.protections.upsert(record);
    return vmKey(name);
  }

  async recorded(name: string): Promise<Protection | undefined> {
    return (await this.tables.protections.get(protectionKey(vmKey(name))))?.record;
  }

  /** Begins a pass and handles its messages, up to `most` of them. */
  async pass(most = 1000): Promise<void> {
    await startPasses(this)(this.log);
    await this.handle(most);
  }

  /** The messages of the pass that wait, and those that follow. */
  async handle(most = 1000): Promise<void> {
    for (let handled = 0; handled < most; handled++) {
      const index = this.delayed.sent.findIndex(({ queue }) => queue === "reconcile-fleet");
      const [sent] = index < 0 ? [] : this.delayed.sent.splice(index, 1);
      if (sent === undefined) return;
      this.at += sent.delayMs;
      await reconcilePage(this)(reconcileMessageSchema.parse(sent.message), this.log);
    }
  }

  /** The VMs that are to be planned. */
  planned(planning: "plan-vm" | "plan-points" = "plan-vm"): unknown[] {
    return this.delayed.sent
      .filter(({ queue }) => queue === planning)
      .map(({ message }) => ("vm" in message ? message.vm : undefined));
  }

  async drift() {
    return await allOf(this.tables.drift);
  }
}
