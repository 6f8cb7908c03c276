import { describe, expect, test } from "vitest";
import { concernsRestore } from "../../../src/lib/api/concerns-restore.ts";
import { operationFor } from "../../../src/lib/api/operation-for.ts";
import { restoreResource } from "../../../src/lib/api/shapes/restore.ts";
import type { Operation } from "../../../src/lib/operations/operation.ts";
import { planned } from "../../../src/lib/operations/planned.ts";
import { partnerCaller } from "../../fixtures/partners.ts";
import { operationId, SUBSCRIPTION, vmKey } from "../../fixtures/records.ts";
import { restore } from "../../fixtures/restores.ts";

const error = { code: "LinkedAuthorizationFailed", message: "The client 'app-1' lacks hub-rg." };
const operator = { id: "alice", kind: "person", roles: ["Operator"] } as const;
const partner = partnerCaller({ scope: [{ subscriptionId: SUBSCRIPTION, resourceGroup: "shop" }] });

describe("a restore of a VM in its scope is a partner's business", () => {
  test("when it goes to where the partner sees all, or was its own", () => {
    expect(concernsRestore(partner, restore())).toBe(true);
    const elsewhere = restore({ resourceGroup: "vault" });
    expect(concernsRestore(partner, elsewhere)).toBe(false);
    expect(concernsRestore(partner, { ...elsewhere, by: { id: partner.id, kind: "app" } })).toBe(
      true,
    );
    expect(concernsRestore(operator, elsewhere)).toBe(true);
  });
});

describe("what Azure says word for word is for operators", () => {
  test("of a restore", () => {
    const failed = restore({ state: "Failed", error });
    expect(restoreResource(failed, false).error).toEqual(error);
    const told = restoreResource(failed, true).error;
    expect(told).toMatchObject({ code: error.code });
    expect(JSON.stringify(told)).not.toMatch(/app-1|hub-rg/);
  });

  test("of one of its steps", () => {
    const now = new Date("2026-01-31T10:00:00.000Z");
    const step: Operation = {
      ...{ id: operationId(7), vm: vmKey(), kind: "createDisk", target: "/d", point: "t1-a1" },
      ...{ slot: "t1", request: { restore: operationId(50) }, ...planned(now, 1000), error },
    };
    expect(operationFor(operator, step).error).toEqual(error);
    expect(operationFor(partner, step).error).toMatchObject({ code: error.code });
    expect(JSON.stringify(operationFor(partner, step))).not.toMatch(/app-1|hub-rg/);
  });
});
