/** What the queue, timer and event functions do with their input: parse, call, send. */

import type { Timer } from "@azure/functions";
import { describe, expect, test } from "vitest";
import { dueVms } from "../../../src/functions/due-vms.ts";
import { outputs } from "../../../src/functions/outputs.ts";
import { planFleet } from "../../../src/functions/plan-fleet.ts";
import { planVm } from "../../../src/functions/plan-vm.ts";
import {
  poisonedFleet,
  poisonedOperation,
  poisonedPlan,
} from "../../../src/functions/poison-messages.ts";
import { resourceChanged } from "../../../src/functions/resource-changed.ts";
import { startOperation } from "../../../src/functions/start-operation.ts";
import { sweepOperations } from "../../../src/functions/sweep-operations.ts";
import { trackOperation } from "../../../src/functions/track-operation.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { fixedPolicies } from "../../fakes/fixed-policies.ts";
import { invocation } from "../../fakes/invocation.ts";
import { memoryLegalHolds } from "../../fakes/memory-legal-holds.ts";
import { memoryRecordedVms } from "../../fakes/memory-recorded-vms.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { operationId, protection, virtualMachine, vmId, vmKey } from "../../fixtures/records.ts";
import { MINUTE, Scene } from "../operations/scene.ts";

const timer: Timer = {
  schedule: { adjustForDST: false },
  scheduleStatus: { last: "", next: "", lastUpdated: "" },
  isPastDue: false,
};

/** A scene with what planning needs as well. */
function services(scene: Scene) {
  const { arm, azureFacts, tables, delayed, now, pace, submitLeaseMs, mayRead } = scene;
  return {
    ...{ arm, azureFacts, tables, delayed, now, pace, submitLeaseMs, mayRead },
    policies: fixedPolicies(),
    limits: azureLimits,
    tagName: "restore-points",
    newUlid: () => operationId().slice(-26),
    recordedVms: memoryRecordedVms(),
    legalHolds: memoryLegalHolds(),
  };
}

describe("ResourceChanged", () => {
  const event = {
    id: "event-1",
    topic: "/subscriptions/s",
    subject: vmId(),
    eventType: "Microsoft.Resources.ResourceWriteSuccess",
    eventTime: "2026-01-31T10:00:00Z",
    dataVersion: "2",
    metadataVersion: "1",
    data: { resourceUri: vmId(), operationName: "Microsoft.Resources/tags/write" },
  };

  test("has the VM planned", async () => {
    const { context, lines } = invocation();
    await resourceChanged(event, context);
    expect(context.extraOutputs.get(outputs.planVm)).toEqual([{ vm: vmKey() }]);
    expect(lines).toEqual([
      `information vmChanged vm=${vmKey()} what=Microsoft.Resources/tags/write event=event-1`,
    ]);
  });

  test("ignores what is not about a VM", async () => {
    const { context, lines } = invocation();
    await resourceChanged({ ...event, data: { resourceUri: "/subscriptions/s" } }, context);
    expect(context.extraOutputs.get(outputs.planVm)).toBeUndefined();
    expect(lines).toEqual([expect.stringMatching(/^information eventIgnored event=event-1/)]);
  });
});

describe("messages are handled", () => {
  test("PlanVm has the operation started", async () => {
    const scene = new Scene();
    scene.arm.vms.set(vmKey(), virtualMachine({ tags: { "restore-points": "hourly" } }));
    const { context } = invocation();
    await planVm(services(scene))({ vm: vmKey() }, context);
    expect(context.extraOutputs.get(outputs.startOperation)).toEqual([
      { operation: operationId() },
    ]);
    expect(context.extraOutputs.get(outputs.planVm)).toBeUndefined();
  });

  test("StartOperation and TrackOperation take it to its end", async () => {
    const scene = new Scene();
    await scene.prepare();
    await startOperation(services(scene))({ operation: scene.id }, invocation().context);
    scene.at += MINUTE;
    await trackOperation(services(scene))({ operation: scene.id, look: 1 }, invocation().context);
    expect(await scene.operation()).toMatchObject({ state: "Succeeded" });
  });

  test("SweepOperations has a lost one started", async () => {
    const scene = new Scene();
    await scene.prepare();
    scene.at += MINUTE;
    const { context } = invocation();
    await sweepOperations(services(scene))(timer, context);
    expect(context.extraOutputs.get(outputs.startOperation)).toEqual([{ operation: scene.id }]);
  });

  test("PlanFleet has the VMs of a policy planned", async () => {
    const scene = new Scene();
    await scene.tables.protections.insert(protection());
    await planFleet(services(scene))({ policy: "hourly" }, invocation().context);
    expect(scene.delayed.sent.map(({ queue }) => queue)).toEqual(["plan-vm", "plan-points"]);
  });

  test("DueVms sends nothing when nothing is due", async () => {
    const scene = new Scene();
    await dueVms(services(scene))(timer, invocation().context);
    expect(scene.delayed.sent).toEqual([]);
  });

  test("a poisoned plan is planned again, a poisoned operation is looked into", async () => {
    const scene = new Scene();
    await scene.prepare();
    await poisonedPlan(services(scene))({ vm: vmKey() }, invocation().context);
    expect(await allOf(scene.tables.due)).toHaveLength(1);
    const message = { operation: scene.id, look: 3 };
    await poisonedOperation(services(scene))(message, invocation().context);
    expect(await scene.operation()).toMatchObject({ state: "Failed" });
  });
});

describe("a message that can never be handled is dropped with its reason", () => {
  const scene = new Scene();
  const functions = {
    planVm: planVm(services(scene)),
    startOperation: startOperation(services(scene)),
    trackOperation: trackOperation(services(scene)),
    planFleet: planFleet(services(scene)),
    poisonedPlan: poisonedPlan(services(scene)),
    poisonedFleet: poisonedFleet(services(scene)),
    poisonedOperation: poisonedOperation(services(scene)),
  };
  test.each([
    ["planVm", undefined],
    ["planVm", "text"],
    ["planVm", { vm: "web-01" }],
    ["startOperation", { operation: "1" }],
    ["trackOperation", { operation: operationId() }],
    ["trackOperation", { operation: operationId(), look: 0 }],
    ["trackOperation", { operation: operationId(), look: "1" }],
    ["planFleet", { policy: "None" }],
    ["poisonedPlan", {}],
    ["poisonedFleet", {}],
    ["poisonedOperation", null],
  ] as const)("%s %j", async (name, message) => {
    const { context, lines } = invocation(name);
    await functions[name](message, context);
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^warning messageDropped function=${name} reason=.`)),
    ]);
  });
});

describe("the end of the line never throws", () => {
  test.each([
    ["a plan", poisonedPlan, { vm: vmKey() }],
    ["an operation", poisonedOperation, { operation: operationId() }],
  ] as const)("%s whose tables are down is logged", async (_what, poisoned, message) => {
    const scene = new Scene();
    const down = () => Promise.reject(new Error("The storage is down."));
    scene.tables.due.upsert = down;
    scene.tables.operations.get = down;
    const { context, lines } = invocation("Poison");
    await poisoned(services(scene))(message, context);
    expect(lines.at(-1)).toBe(
      'error messagePoisoned function=Poison reason="The storage is down."',
    );
  });

  test("other functions do throw, so that the host tries again", async () => {
    const scene = new Scene();
    scene.tables.operations.get = () => Promise.reject(new Error("The storage is down."));
    const handler = startOperation(services(scene));
    await expect(handler({ operation: scene.id }, invocation().context)).rejects.toThrow("down");
  });
});
