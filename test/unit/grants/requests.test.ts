import { describe, expect, test } from "vitest";
import type { Principal } from "../../../src/lib/api/principal.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { PARTNER_ID, partner } from "../../fixtures/partners.ts";
import { policy, protection, vmKey } from "../../fixtures/records.ts";
import { person, RaceScene } from "./race-scene.ts";

const ALICE = person("alice");
const MINUTE = 60_000;
const VENDOR: Principal = { id: "x", kind: "app", roles: [], clientId: PARTNER_ID };
const OTHER_ID = "bbbbbbbb-0000-4000-8000-00000000000b";
const OTHER: Principal = { id: "y", kind: "app", roles: [], clientId: OTHER_ID };

async function scene(grants: Record<string, unknown> = {}) {
  const each = new RaceScene(1, [policy("hourly", { grants })]);
  await each.point("s1-a1");
  await each.point("s2-a1");
  await each.tables.partners.upsert(partner({ verbs: ["grants"] }));
  await each.tables.partners.upsert(partner({ id: OTHER_ID, verbs: ["grants"] }));
  return each;
}

const post = (each: RaceScene, by: Principal, body: object) =>
  each.ask("PostGrant", by, { method: "POST", body });
const right = { vm: vmKey(), restorePoint: "s1-a1", disk: "web-01-os", reason: "Backup" };
const idIn = ({ body }: { body: object }) => String((body as { id?: string }).id);

async function entries(each: RaceScene, holder: string) {
  const partition = `holder~${holder}`;
  return await allOf(each.tables.audit, { partitionFrom: partition, partitionTo: partition });
}

describe("a request for a grant", () => {
  test("is told everything that is wrong with it at once", async () => {
    const wrong = {
      vm: "x",
      restorePoint: "a/b",
      disk: "a/b",
      reason: "",
      duration: "PT1S",
      who: 1,
    };
    const { status, body } = await post(await scene(), ALICE, wrong);
    expect(status).toBe(400);
    const { error } = body as { error: { code: string; details: { target: string }[] } };
    expect(error.code).toBe("InvalidRequest");
    const targets = error.details.map(({ target }) => target);
    for (const field of ["vm", "restorePoint", "disk", "reason", "duration", "who"]) {
      expect(targets).toContain(field);
    }
  });

  test.each(["https://x.test/?sig=abcdef", "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"])(
    "has no secret in its reason: %#",
    async (reason) => {
      expect(await post(await scene(), ALICE, { ...right, reason })).toMatchObject({ status: 400 });
    },
  );

  test.each<[string, object, number, string]>([
    ["a VM that nobody knows", { vm: vmKey("nobody") }, 404, "NotFound"],
    ["a restore point that is not there", { restorePoint: "s9-a1" }, 404, "NotFound"],
    ["a copy that is not there", { region: "northeurope" }, 404, "NotFound"],
    ["a disk that is not in it", { disk: "other" }, 400, "InvalidParameter"],
  ])("is refused for %s, and that is on record", async (_what, more, status, code) => {
    const each = await scene();
    const answer = await post(each, ALICE, { ...right, ...more });
    expect(answer).toMatchObject({ status, body: { error: { code } } });
    expect(await entries(each, "alice")).toMatchObject([
      { action: "grantRefused", code, reason: "Backup", actor: { id: "alice", kind: "person" } },
    ]);
    expect(await allOf(each.tables.grants)).toEqual([]);
  });

  test("is refused for a restore point that is not ready", async () => {
    const each = await scene();
    await each.point("s3-a1", { state: "Creating" });
    expect(await post(each, ALICE, { ...right, restorePoint: "s3-a1" })).toMatchObject({
      status: 409,
      body: { error: { code: "RestorePointNotReady" } },
    });
  });

  test("is refused when a policy of the restore point does not allow any", async () => {
    expect(await post(await scene({ allowed: false }), ALICE, right)).toMatchObject({
      status: 403,
      body: { error: { code: "GrantsNotAllowed", message: expect.stringContaining("hourly") } },
    });
  });

  test("is refused of one on demand when a policy of its VM does not allow any", async () => {
    const each = await scene({ allowed: false });
    await each.tables.protections.upsert(protection());
    const slot = "r202601310900-0123abcd";
    const [row] = (await each.tables.points.list({}, { size: 1 })).records;
    if (row) await each.tables.points.upsert({ ...row, name: `${slot}-a1`, slot, policies: [] });
    const answer = await post(each, ALICE, { ...right, restorePoint: `${slot}-a1` });
    expect(answer).toMatchObject({ body: { error: { code: "GrantsNotAllowed" } } });
  });
});

describe("the time of a grant", () => {
  test.each<[string, Principal, string, object]>([
    ["an hour when nothing is asked for", ALICE, "", { effectiveDuration: "PT1H" }],
    ["what was asked for", ALICE, "PT3H", { effectiveDuration: "PT3H" }],
    ["no more than the policy's", ALICE, "P20D", { effectiveDuration: "P7D", cappedBy: "policy" }],
    [
      "no more than the partner's",
      VENDOR,
      "P20D",
      { effectiveDuration: "P1D", cappedBy: "partner" },
    ],
  ])("is %s", async (_what, holder, duration, expected) => {
    const body = duration === "" ? right : { ...right, duration };
    expect(await post(await scene(), holder, body)).toMatchObject({ status: 202, body: expected });
  });

  test("is never longer than Azure's sixty days", async () => {
    const each = await scene({ longest: "P60D" });
    expect(await post(each, ALICE, { ...right, duration: "P100D" })).toMatchObject({
      body: { requestedDuration: "P100D", effectiveDuration: "P60D" },
    });
  });
});

describe("a partner", () => {
  test("may have so many grants open, and extend them all the same", async () => {
    const each = await scene();
    const one = { longest: "P1D", mostActive: 1 };
    await each.tables.partners.upsert(partner({ verbs: ["grants"], grants: one }));
    expect((await post(each, VENDOR, right)).status).toBe(202);
    expect(await post(each, VENDOR, { ...right, restorePoint: "s2-a1" })).toMatchObject({
      status: 409,
      body: { error: { code: "TooManyGrants" } },
    });
    expect((await post(each, VENDOR, { ...right, duration: "PT2H" })).status).toBe(202);
    expect(await allOf(each.tables.grants)).toHaveLength(1);
  });

  test("is told the same of another's grant as of one that is not there", async () => {
    const each = await scene();
    const id = idIn(await post(each, VENDOR, right));
    await each.settle(MINUTE);
    const absent = `${OTHER_ID}~${"0".repeat(26)}`;
    for (const [route, method] of [
      ["GetGrant", "GET"],
      ["PostAccess", "POST"],
      ["DeleteGrant", "DELETE"],
    ] as const) {
      const others = await each.ask(route, OTHER, { method, params: { id } });
      expect(others.status).toBe(404);
      expect(others).toEqual(await each.ask(route, OTHER, { method, params: { id: absent } }));
    }
    expect((await each.ask("ListGrants", OTHER)).body).toEqual({ value: [] });
    expect((await each.ask("ListGrants", VENDOR)).body).toMatchObject({ value: [{ id }] });
  });

  test("gets nothing of a VM that is out of its scope, and cannot tell that it is there", async () => {
    const each = await scene();
    const elsewhere = [
      { subscriptionId: "11111111-2222-3333-4444-555555555555", resourceGroup: "bank" },
    ];
    await each.tables.partners.upsert(partner({ verbs: ["grants"], scope: elsewhere }));
    const outOfScope = await post(each, VENDOR, right);
    expect(outOfScope.status).toBe(404);
    expect(outOfScope).toEqual(await post(each, VENDOR, { ...right, vm: vmKey("nobody") }));
  });
});

describe("the SAS", () => {
  test("is its holder's alone, whatever the role of somebody else", async () => {
    const each = await scene();
    const id = idIn(await post(each, ALICE, right));
    await each.settle(MINUTE);
    const access = (by: Principal) =>
      each.ask("PostAccess", by, { method: "POST", params: { id } });
    expect(await access({ ...ALICE, id: "bob", roles: ["PolicyAdmin"] })).toMatchObject({
      status: 403,
      body: { error: { code: "NotTheHolder" } },
    });
    expect(await access(ALICE)).toMatchObject({ status: 200 });
    expect((await entries(each, "alice")).map(({ action }) => action)).toContain("accessRefused");
  });

  test("is asked for anew when Azure does not have it at hand any more", async () => {
    const each = await scene({ longest: "P60D" });
    const id = idIn(await post(each, ALICE, { ...right, duration: "P10D" }));
    await each.settle(MINUTE);
    // A result can be read for a day.
    each.at += 2 * 24 * 60 * MINUTE;
    const access = () => each.ask("PostAccess", ALICE, { method: "POST", params: { id } });
    expect(await access()).toMatchObject({
      status: 409,
      body: { error: { code: "AccessNotReady" } },
    });
    await each.settle(MINUTE);
    expect(await access()).toMatchObject({ status: 200 });
  });
});
