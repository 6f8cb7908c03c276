import { describe, expect, test } from "vitest";
import { visibleOperation, visibleVm } from "../../../src/lib/api/visible.ts";
import { partnerCaller } from "../../fixtures/partners.ts";
import { operationId, SUBSCRIPTION, vmKey } from "../../fixtures/records.ts";

const caller = partnerCaller({
  scope: [{ subscriptionId: SUBSCRIPTION, resourceGroup: "SHOP", vm: "Web-01" }],
});
const notFound = expect.objectContaining({ status: 404, code: "NotFound" });

describe("a VM", () => {
  test("in scope is visible, in any casing", () => {
    expect(visibleVm(caller, vmKey())).toBe(vmKey());
    expect(visibleVm(caller, vmKey().toUpperCase())).toBe(vmKey());
  });

  test.each([undefined, "", "web-01", vmKey("web-02"), `${vmKey()}~more`])(
    "%j is not found",
    (text) => {
      expect(() => visibleVm(caller, text)).toThrow(notFound);
    },
  );
});

describe("an operation", () => {
  test("of a VM in scope is visible", () => {
    expect(visibleOperation(caller, operationId())).toBe(operationId());
  });

  test.each([undefined, "", vmKey(), operationId(1, vmKey("web-02"))])("%j is not found", (id) => {
    expect(() => visibleOperation(caller, id)).toThrow(notFound);
  });
});
