/** The routes about one VM and one policy, behind the caller check. */
import { describe, expect, test } from "vitest";
import { explainVm } from "../../../src/functions/explain-vm.ts";
import { previewPolicy } from "../../../src/functions/preview-policy.ts";
import { retireVm } from "../../../src/functions/retire-vm.ts";
import type { Caller } from "../../../src/lib/api/caller.ts";
import { previewPolicyRoute } from "../../../src/lib/api/routes/policies.ts";
import { explainVmRoute, retireVmRoute } from "../../../src/lib/api/routes/vms.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { FakeArm } from "../../fakes/fake-arm.ts";
import { fixedPolicies } from "../../fakes/fixed-policies.ts";
import { handled } from "../../fakes/handled.ts";
import { request, silent } from "../../fakes/invocation.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import { hourly, timeAt } from "../../fixtures/points.ts";
import {
  policies,
  policy,
  protection,
  SUBSCRIPTION,
  virtualMachine,
  vmKey,
} from "../../fixtures/records.ts";

const operator: Caller = { id: "a-person", kind: "person", roles: ["Operator"] };
const stranger: Caller = { id: "a-person", kind: "person", roles: [] };
const notFound = { status: 404, code: "NotFound" };

async function scene(more: Parameters<typeof protection>[0] = {}) {
  const tables = memoryTables();
  const arm = new FakeArm(() => 0);
  const delayed = new RecordedDelays();
  const log = new RecordingLog();
  await tables.protections.insert(protection(more));
  for (const point of hourly(3)) await tables.points.insert(point);
  const services = {
    ...{ tables, arm, delayed, limits: azureLimits, tagName: "restore-points" },
    policies: fixedPolicies(policies(policy("hourly", { retention: { last: 2 } }))),
    subscriptions: [SUBSCRIPTION],
    now: () => timeAt(3 * 3_600_000),
    newUlid: () => "",
  };
  const of = (vm: string) => request("vm", { params: { vm } });
  return {
    ...services,
    log,
    explain: async (vm: string, caller = operator) =>
      (await handled(explainVmRoute, explainVm(services))(of(vm), caller, log, silent)).jsonBody,
    retire: (vm: string, caller = operator) =>
      handled(retireVmRoute, retireVm(services))(of(vm), caller, log, silent),
    preview: async (name: string, body: unknown) => {
      const asked = request("p", { method: "POST", params: { name }, body });
      return (
        await handled(previewPolicyRoute, previewPolicy(services))(asked, operator, log, silent)
      ).jsonBody;
    },
  };
}

describe("why a VM is protected as it is", () => {
  test("is told with what will be deleted, and why", async () => {
    const { explain } = await scene();
    const { restorePoints, rule } = await explain(vmKey().toUpperCase());
    expect(rule).toBe("Its tag is `hourly`.");
    expect(restorePoints.map(({ keep }: { keep: boolean }) => keep)).toEqual([false, true, true]);
  });

  test("names the reason for which deletions are off", async () => {
    const { explain, tables } = await scene();
    const since = timeAt(0).toISOString();
    await tables.switches.upsert({ name: "deletions", value: "off", reason: "An audit.", since });
    expect(await explain(vmKey())).toMatchObject({
      blocks: ["Deletions are switched off: An audit."],
    });
  });

  test.each(["", "web-01", vmKey("web-99")])("is not found of %j", async (vm) => {
    const { explain } = await scene();
    await expect(explain(vm)).rejects.toMatchObject(notFound);
  });

  test("is not found by who may not see the VM", async () => {
    const { explain } = await scene();
    await expect(explain(vmKey(), stranger)).rejects.toMatchObject(notFound);
  });
});

describe("retiring a VM", () => {
  test("names the last restore point, and has the VM planned", async () => {
    const { retire, delayed, log } = await scene();
    expect(await retire(vmKey())).toEqual({
      status: 202,
      jsonBody: { id: vmKey(), slot: "r202603010300", restorePoint: "r202603010300-a1" },
    });
    expect(delayed.sent).toMatchObject([{ queue: "plan-vm", message: { vm: vmKey() } }]);
    expect(log.events).toEqual(["vmRetiring"]);
  });

  test("is refused when the VM is gone", async () => {
    const { retire } = await scene({ status: "VmDeleted" });
    await expect(retire(vmKey())).rejects.toMatchObject({ status: 409, code: "VmDeleted" });
  });

  test("is not found by who may not see the VM, nor of one that is not there", async () => {
    const { retire, delayed } = await scene();
    await expect(retire(vmKey(), stranger)).rejects.toMatchObject(notFound);
    await expect(retire(vmKey("web-99"))).rejects.toMatchObject(notFound);
    expect(delayed.sent).toEqual([]);
  });
});

describe("the preview of a policy", () => {
  test("says which VMs it would protect, and why not the others", async () => {
    const { preview, arm } = await scene();
    arm.vms.set(vmKey(), virtualMachine({ tags: { "restore-points": "hourly" } }));
    arm.vms.set(vmKey("plain"), virtualMachine({ name: "plain" }));
    expect(await preview("hourly", { days: 2 })).toMatchObject({
      vms: {
        ...{ matched: 1, looked: 2, complete: true },
        value: [{ matched: true }, { matched: false, reason: expect.any(String) }],
      },
      forecast: { perVm: [{ made: 48, deleted: 46, left: 2 }] },
    });
  });

  test("can be of a policy that is only written", async () => {
    const { preview } = await scene();
    const written = {
      schedule: { every: "P1D" },
      consistency: "CrashConsistent",
      retention: { last: 3 },
    };
    expect(await preview("tried", { policy: written, days: 10 })).toMatchObject({
      forecast: { perVm: [{ made: 10, deleted: 7, left: 3 }] },
    });
    const wrong = { policy: { ...written, retention: { last: 400, daily: 300 } } };
    await expect(preview("tried", wrong)).rejects.toMatchObject({
      code: "InvalidPolicy",
      details: [{ target: "retention" }],
    });
  });

  test.each([
    [{ days: 0 }, "days"],
    [{ days: 401 }, "days"],
    [{ until: "2027" }, "until"],
    [[], "body"],
  ])("cannot be asked for by %j", async (body, target) => {
    const { preview } = await scene();
    await expect(preview("hourly", body)).rejects.toMatchObject({
      status: 400,
      details: [{ target }],
    });
  });

  test("is not found of a policy that nobody knows", async () => {
    const { preview } = await scene();
    await expect(preview("nonesuch", {})).rejects.toMatchObject(notFound);
  });

  test("says so when Azure cannot be asked", async () => {
    const { preview, arm } = await scene();
    const error = { code: "InternalServerError", message: "Try again." };
    arm.fault = () => ({ kind: "unsettled", error });
    await expect(preview("hourly", {})).rejects.toMatchObject({ status: 503 });
  });
});
