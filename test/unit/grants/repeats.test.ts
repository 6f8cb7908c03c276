import { expect, test } from "vitest";
import type { Principal } from "../../../src/lib/api/principal.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { PARTNER_ID, partner } from "../../fixtures/partners.ts";
import { SUBSCRIPTION, vmKey } from "../../fixtures/records.ts";
import { repeatably } from "../../fixtures/repeatably.ts";
import { RaceScene } from "./race-scene.ts";

const VENDOR: Principal = { id: "x", kind: "app", roles: [], clientId: PARTNER_ID };
const body = { vm: vmKey(), restorePoint: "s1-a1", disk: "web-01-os", reason: "Backup" };

async function granted() {
  const scene = new RaceScene(1);
  await scene.point("s1-a1");
  await scene.tables.partners.upsert(partner({ verbs: ["grants"] }));
  const headers = repeatably(scene.at);
  const send = () => scene.ask("PostGrant", VENDOR, { method: "POST", body, headers });
  const first = await send();
  expect(first).toMatchObject({ status: 202 });
  return { scene, send, first };
}

test("a request that is repeated later neither extends its grant nor is on record again", async () => {
  const { scene, send, first } = await granted();
  await scene.settle(60_000);
  const [before] = await allOf(scene.tables.grants);
  const audit = await allOf(scene.tables.audit);
  const { id } = first.body as { id: string };
  expect(await send()).toMatchObject({ status: 202, body: { id, state: "Active" } });
  expect(await allOf(scene.tables.grants)).toEqual([before]);
  expect(await allOf(scene.tables.audit)).toEqual(audit);
});

test("whoever may not see the VM any more is not told of it by a repetition", async () => {
  const { scene, send } = await granted();
  const scope = [{ subscriptionId: SUBSCRIPTION, resourceGroup: "other" }];
  await scene.tables.partners.upsert(partner({ verbs: ["grants"], scope }));
  await scene.settle(2000);
  expect(await send()).toMatchObject({ status: 404, body: { error: { code: "NotFound" } } });
});

test("what is on record of a request is not what it said", async () => {
  const { scene } = await granted();
  const stored = JSON.stringify(await allOf(scene.tables.repeatability));
  expect(stored).toContain(PARTNER_ID);
  for (const said of [body.vm, body.restorePoint, body.reason]) {
    expect(stored.replaceAll(/"made":\{.*?\}/g, "")).not.toContain(said);
  }
});
