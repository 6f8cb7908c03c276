import { expect, test } from "vitest";
import { demandVisible } from "../../../src/lib/api/visible.ts";
import { partnerCaller } from "../../fixtures/partners.ts";
import { operationId, SUBSCRIPTION, vmKey } from "../../fixtures/records.ts";

const caller = partnerCaller({
  scope: [{ subscriptionId: SUBSCRIPTION, resourceGroup: "SHOP", vm: "Web-01" }],
});

test.each([{ vm: vmKey() }, { operation: operationId() }, {}])("%j is visible", (named) => {
  expect(() => demandVisible(caller, named)).not.toThrow();
});

test.each([{ vm: vmKey("web-02") }, { operation: operationId(1, vmKey("web-02")) }])(
  "%j, which is out of scope, is not found",
  (named) => {
    const notFound = expect.objectContaining({ status: 404, code: "NotFound" });
    expect(() => demandVisible(caller, named)).toThrow(notFound);
  },
);
