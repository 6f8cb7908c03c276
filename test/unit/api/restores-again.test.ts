/** Restores whose request is sent again, and who sees them. */
import { describe, expect, test } from "vitest";
import type { PartnerVerb } from "../../../src/lib/partners/partner.ts";
import { MINUTE } from "../../simulation/restores-scene.ts";
import { PARTNER, RestoreApi } from "./restores-scene.ts";

const broken = {
  ...({ kind: "refused", conflict: false } as const),
  error: { code: "QuotaExceeded", message: "No." },
};

describe("the same request, sent again,", () => {
  test("is the same restore, under way and when it has succeeded", async () => {
    const api = await RestoreApi.begun();
    const headers = api.repeatably();
    const first = await api.restore({ kind: "vm" }, { headers });
    const again = await api.restore({ kind: "vm" }, { headers });
    expect(again).toMatchObject({ status: 202, body: first.body });
    await api.world.pass(5 * MINUTE);
    const later = await api.restore({ kind: "vm" }, { headers });
    const done = { id: first.body.id, status: "Succeeded", attempt: 1 };
    expect(later).toMatchObject({ status: 202, body: done });
    expect(await api.it.rows()).toHaveLength(1);
    await api.it.expectSettled();
  });

  test("tries a restore that failed once more", async () => {
    const api = await RestoreApi.begun();
    const headers = api.repeatably();
    api.world.arm.fault = (method) => (method === "putVirtualMachine" ? broken : undefined);
    const { body } = await api.restore({ kind: "vm" }, { headers });
    await api.world.pass(5 * MINUTE);
    const failed = { status: "Failed", attempt: 1, error: { code: "QuotaExceeded" } };
    expect((await api.look(body.id)).body).toMatchObject(failed);
    expect(api.it.made()).toEqual([]);
    api.world.arm.fault = () => undefined;
    const again = await api.restore({ kind: "vm" }, { headers });
    const anew = { id: body.id, status: "Running", attempt: 2 };
    expect(again).toMatchObject({ status: 202, body: anew });
    expect(again.body).not.toHaveProperty("error");
    await api.world.pass(5 * MINUTE);
    expect((await api.look(body.id)).body).toMatchObject({ status: "Succeeded", attempt: 2 });
    await api.it.expectSettled();
  });

  test("tries one that was refused once more", async () => {
    const api = await RestoreApi.begun();
    const headers = api.repeatably();
    const asked = { kind: "disks", resourceGroup: "new" };
    api.world.arm.surroundings.missingGroups.add("new");
    expect((await api.restore(asked, { headers })).status).toBe(409);
    api.world.arm.surroundings.missingGroups.delete("new");
    expect(await api.restore(asked, { headers })).toMatchObject({ status: 202 });
    expect(await api.it.rows()).toHaveLength(1);
  });

  test("without an id is another restore, beside the first", async () => {
    const api = await RestoreApi.begun();
    const [first, second] = [await api.restore({ kind: "vm" }), await api.restore({ kind: "vm" })];
    expect(first?.body.id).not.toBe(second?.body.id);
    await api.world.pass(5 * MINUTE);
    await api.it.expectSettled();
  });
});

describe("the restores of a VM", () => {
  test("are listed page by page, the newest last", async () => {
    const api = await RestoreApi.begun();
    const ids: string[] = [];
    for (let number = 0; number < 3; number++) {
      ids.push((await api.restore({ kind: "disks" })).body.id);
      await api.world.pass(MINUTE);
    }
    const first = (await api.list("&top=2")).body;
    const continuation = new URL(first.nextLink ?? "").searchParams.get("continuation") ?? "";
    const rest = (await api.list(`&continuation=${encodeURIComponent(continuation)}`)).body;
    expect([...first.value, ...rest.value].map(({ id }) => id)).toEqual(ids);
    expect(first.value).toHaveLength(2);
    expect(rest.nextLink).toBeUndefined();
  });

  test.each<[PartnerVerb[], number, number, number]>([
    [["restores"], 202, 200, 200],
    [["read"], 403, 200, 200],
    [["grants", "createRestorePoints"], 403, 403, 404],
  ])(
    "a partner that may %s asks for, lists and follows: %i, %i, %i",
    async (verbs, ...expected) => {
      const api = await RestoreApi.begun();
      const { id } = (await api.restore({ kind: "disks" })).body;
      await api.addPartner({ verbs });
      const asked = await api.restore({ kind: "disks" }, { as: PARTNER });
      const listed = await api.list("", PARTNER);
      const followed = await api.look(id, PARTNER);
      expect([asked.status, listed.status, followed.status]).toEqual(expected);
    },
  );

  test("are not there for a partner that does not see the VM", async () => {
    const api = await RestoreApi.begun();
    const { id } = (await api.restore({ kind: "disks" })).body;
    await api.addPartner({ scope: [{ subscriptionId: "sub-1", resourceGroup: "rg-2" }] });
    const asked = await api.restore({ kind: "disks" }, { as: PARTNER });
    const [listed, followed] = [await api.list("", PARTNER), await api.look(id, PARTNER)];
    expect([asked.status, listed.status, followed.status]).toEqual([404, 404, 404]);
  });
});

describe("a partner restores to where it sees everything, and", () => {
  const subnetId =
    "/subscriptions/sub-1/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/vnet/subnets/default";

  test.each([
    ["resourceGroup", { kind: "disks", resourceGroup: "other" }],
    ["resourceGroup", { kind: "disks", resourceGroup: "other", dryRun: true }],
    ["subnetId", { kind: "vm", subnetId }],
    ["subnetId", { kind: "vm", subnetId, dryRun: true }],
  ])("is refused what is elsewhere by %s, whatever there is", async (target, asked) => {
    const api = await RestoreApi.begun();
    await api.addPartner();
    const refused = { status: 403, body: { error: { code: "Forbidden", target } } };
    const before = api.world.arm.calls.length;
    for (const point of [api.it.point, "t9-a1"]) {
      expect(await api.restore(asked, { as: PARTNER, point })).toMatchObject(refused);
    }
    expect(api.world.arm.calls).toHaveLength(before);
  });

  test("an operator anywhere", async () => {
    const api = await RestoreApi.begun();
    const asked = { kind: "vm", resourceGroup: "other", subnetId };
    expect((await api.restore(asked)).status).toBe(202);
    await api.world.pass(5 * MINUTE);
    await api.it.expectSettled();
  });
});
