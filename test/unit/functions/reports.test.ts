/** The routes about the fleet as a whole. */
import { describe, expect, test } from "vitest";
import { listDrift } from "../../../src/functions/list-drift.ts";
import { listReconciliations } from "../../../src/functions/list-reconciliations.ts";
import { listUnprotected } from "../../../src/functions/list-unprotected.ts";
import { reportCompliance } from "../../../src/functions/report-compliance.ts";
import type { Caller } from "../../../src/lib/api/caller.ts";
import {
  listDriftRoute,
  listReconciliationsRoute,
  listUnprotectedRoute,
  reportComplianceRoute,
} from "../../../src/lib/api/routes/reports.ts";
import { fixedPolicies } from "../../fakes/fixed-policies.ts";
import { handled } from "../../fakes/handled.ts";
import { request, silent } from "../../fakes/invocation.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import { policies, policy, protection, SUBSCRIPTION, vmKey } from "../../fixtures/records.ts";
import { PASS, Scene } from "../reconcile/scene.ts";

const now = () => new Date("2026-01-31T10:00:00.000Z");
const log = new RecordingLog();
const reader: Caller = { id: "a-person", kind: "person", roles: ["Reader"] };
const stranger: Caller = { id: "a-person", kind: "person", roles: [] };
const ids = ({ value }: { value: { id: string }[] }) => value.map(({ id }) => id);

describe("compliance", () => {
  async function ask(query = "", caller = reader) {
    const tables = memoryTables();
    const lastGoodPoint = { name: "s1-a1", at: "2026-01-31T09:00:00.000Z" };
    await tables.protections.insert(protection({ vm: vmKey("good"), lastGoodPoint }));
    await tables.protections.insert(
      protection({ vm: vmKey("bad"), policiesSince: "2026-01-01T00:00:00.000Z" }),
    );
    const services = { tables, now, policies: fixedPolicies(policies(policy("hourly"))) };
    return (
      await handled(reportComplianceRoute, reportCompliance(services))(
        request(`c${query}`),
        caller,
        log,
        silent,
      )
    ).jsonBody;
  }

  test("is told of every VM", async () => {
    expect(ids(await ask())).toEqual([vmKey("bad"), vmKey("good")]);
    expect(ids(await ask(`?subscriptionId=${SUBSCRIPTION.toUpperCase()}`))).toHaveLength(2);
    expect(ids(await ask("?subscriptionId=another"))).toEqual([]);
  });

  test("can be asked of those alone that have not what they were promised", async () => {
    expect(ids(await ask("?breached=true"))).toEqual([vmKey("bad")]);
  });

  test("is not told of VMs that the caller may not see", async () => {
    expect(ids(await ask("", stranger))).toEqual([]);
  });
});

describe("after a pass over a subscription", () => {
  async function passed() {
    const scene = new Scene();
    scene.addVm("plain");
    scene.addVm("tagged", "hourly");
    scene.addVm("left-out", "none");
    await scene.pass();
    const unprotected = async (query: string, caller = reader) =>
      (
        await handled(listUnprotectedRoute, listUnprotected(scene))(
          request(`unprotected${query}`),
          caller,
          log,
          silent,
        )
      ).jsonBody;
    return { scene, unprotected };
  }

  test("the VMs are known that nothing protects", async () => {
    const { unprotected } = await passed();
    const answer = await unprotected(`?subscriptionId=${SUBSCRIPTION}`);
    expect(ids(answer)).toEqual([vmKey("plain")]);
    expect(answer).toMatchObject({ seenAt: expect.any(String) });
    expect(ids(await unprotected(`?subscriptionId=${SUBSCRIPTION}`, stranger))).toEqual([]);
    expect(await unprotected("?subscriptionId=another")).toEqual({ value: [] });
    await expect(unprotected("")).rejects.toMatchObject({ target: "subscriptionId" });
  });

  test("they are known while the next pass is under way, too", async () => {
    const { scene, unprotected } = await passed();
    scene.at += PASS;
    await scene.pass(0);
    expect(ids(await unprotected(`?subscriptionId=${SUBSCRIPTION}`))).toEqual([vmKey("plain")]);
  });

  test("it is told how far the pass is", async () => {
    const { scene } = await passed();
    const list = async () =>
      (
        await handled(listReconciliationsRoute, listReconciliations(scene))(
          request("reconciliations"),
          reader,
          log,
          silent,
        )
      ).jsonBody;
    expect(await list()).toMatchObject({
      value: [{ subscriptionId: SUBSCRIPTION, state: "Finished" }],
    });
    scene.at += PASS;
    await scene.pass(0);
    expect(await list()).toMatchObject({ value: [{ state: "Running" }] });
    const error = { code: "SubscriptionNotFound", message: "It is not there." };
    scene.arm.fault = () => ({ kind: "notFound", error });
    await scene.handle();
    expect(await list()).toMatchObject({ value: [{ state: "Unreachable" }] });
  });

  test("what no event had told is listed", async () => {
    const { scene } = await passed();
    const { jsonBody } = await handled(listDriftRoute, listDrift(scene))(
      request("drift"),
      reader,
      log,
      silent,
    );
    expect(jsonBody).toMatchObject({
      value: [
        { kind: "missedTag", vm: vmKey("left-out") },
        { kind: "missedTag", vm: vmKey("tagged") },
      ],
    });
  });
});
