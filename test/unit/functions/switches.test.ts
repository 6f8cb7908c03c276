import { describe, expect, test } from "vitest";
import { rebuild } from "../../../src/functions/rebuild.ts";
import { getSwitch, putSwitch } from "../../../src/functions/switches.ts";
import type { Caller } from "../../../src/lib/api/caller.ts";
import {
  getSwitchRoute,
  putSwitchRoute,
  rebuildRoute,
} from "../../../src/lib/api/routes/upkeep.ts";
import type { Partner } from "../../../src/lib/partners/partner.ts";
import type { PolicyRecord } from "../../../src/lib/policy/policy-record.ts";
import { handled } from "../../fakes/handled.ts";
import { request, silent } from "../../fakes/invocation.ts";
import { memoryRecordCopies } from "../../fakes/memory-record-copies.ts";
import { allOf, memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";

const now = () => new Date("2026-01-31T10:00:00.000Z");
const admin: Caller = { id: "an-admin", kind: "person", roles: ["PolicyAdmin"] };

function scene(subscriptions: readonly string[] = ["sub-1", "sub-2"]) {
  const tables = memoryTables();
  const delayed = new RecordedDelays();
  const log = new RecordingLog();
  const services = {
    ...{ tables, now, delayed, subscriptions },
    policyCopies: memoryRecordCopies<PolicyRecord>(),
    partnerCopies: memoryRecordCopies<Partner>(),
  };
  const params = { name: "deletions" };
  return {
    tables,
    delayed,
    log,
    get: async (name = "deletions") =>
      (
        await handled(getSwitchRoute, getSwitch(services))(
          request("switches", { params: { name } }),
          admin,
          log,
          silent,
        )
      ).jsonBody,
    put: async (body: unknown) =>
      (
        await handled(putSwitchRoute, putSwitch(services))(
          request("s", { method: "PUT", params, body }),
          admin,
          log,
          silent,
        )
      ).jsonBody,
    rebuild: () =>
      handled(rebuildRoute, rebuild(services))(
        request("rebuild", { method: "POST" }),
        admin,
        log,
        silent,
      ),
  };
}

describe("the switch for deletions", () => {
  test("is on as long as nobody threw it", async () => {
    expect(await scene().get()).toMatchObject({ name: "deletions", value: "on" });
  });

  test("says who threw it, when and why", async () => {
    const { get, put, log } = scene();
    await put({ value: "off", reason: "An audit." });
    expect(await get()).toEqual({
      ...{ name: "deletions", value: "off", reason: "An audit." },
      ...{ by: "an-admin", since: now().toISOString() },
    });
    expect(log.events).toEqual(["switchThrown"]);
  });

  test.each([
    [{ value: "maybe", reason: "-" }, "value"],
    [{ value: "off" }, "reason"],
    [{ value: "off", reason: "" }, "reason"],
    [{ value: "off", reason: "-", until: "tomorrow" }, "until"],
    [["off"], "body"],
  ])("cannot be thrown by %j", async (body, target) => {
    await expect(scene().put(body)).rejects.toMatchObject({ status: 400, details: [{ target }] });
  });

  test("is the only one there is", async () => {
    await expect(scene().get("creations")).rejects.toMatchObject({ status: 404 });
  });
});

describe("a rebuild", () => {
  test("begins in every subscription, with deletions off", async () => {
    const { rebuild: ask, get, delayed, tables } = scene();
    expect(await ask()).toEqual({
      status: 202,
      jsonBody: { subscriptions: ["sub-1", "sub-2"], policiesRestored: 0, partnersRestored: 0 },
    });
    expect(await get()).toMatchObject({ value: "off" });
    expect(delayed.sent).toMatchObject([
      { message: { subscriptionId: "sub-1", rebuild: true } },
      { message: { subscriptionId: "sub-2", rebuild: true } },
    ]);
    expect(await allOf(tables.passes)).toHaveLength(2);
  });

  test("is refused when no subscription is configured", async () => {
    const { rebuild: ask, get } = scene([]);
    await expect(ask()).rejects.toMatchObject({ status: 409, code: "NoSubscriptions" });
    expect(await get()).toMatchObject({ value: "on" });
  });
});
