import { describe, expect, test } from "vitest";
import type { ComputeOperation } from "../../../../local/arm/throttling/throttling.ts";
import { left, MINUTE, throttled, times } from "./calls.ts";

describe("Compute's policies", () => {
  test.each<[ComputeOperation, string]>([
    ["putVirtualMachine", "PutVMResource;11,PutVMSubscriptionMaximum;1499"],
    ["updateVirtualMachine", "UpdateVMResource;11,UpdateVMSubscriptionMaximum;1499"],
    ["patchVirtualMachine", "UpdateVMResource;11,UpdateVMSubscriptionMaximum;1499"],
    ["deleteVirtualMachine", "DeleteVMResource;11,DeleteVMSubscriptionMaximum;1499"],
    ["getVirtualMachine", "LowCostGetResource;35,LowCostGetSubscriptionMaximum;23999"],
    ["highCostGet", "HighCostGetSubscriptionMaximum;899"],
    ["getOperation", "GetOperationResource;44,GetOperationSubscriptionMaximum;14999"],
    ["createRestorePoint", "PutRestorePointResource;5,PutRestorePointSubscriptionMaximum;149"],
    ["deleteRestorePoint", "DeleteRestorePointSubscriptionMaximum;359"],
    ["getRestorePoint", "LowCostGetRestorePoint3Min;499,LowCostGetRestorePoint30Min;2499"],
  ])("of %s tell what is left", (operation, header) => {
    const { call } = throttled();
    expect(left(call({ operation }))).toBe(header);
  });

  test("are told beside ARM's budget", () => {
    const { call } = throttled();
    expect(call({ method: "GET", operation: "highCostGet" }).headers).toEqual({
      "x-ms-ratelimit-remaining-subscription-reads": "249",
      "x-ms-ratelimit-remaining-subscription-global-reads": "3749",
      "x-ms-ratelimit-remaining-resource": "Microsoft.Compute/HighCostGetSubscriptionMaximum;899",
    });
  });

  test("refuse a VM's thirteenth change, and take four more each minute", () => {
    const { call } = throttled();
    const change = { operation: "updateVirtualMachine" } as const;
    times(call, 12, change);
    expect(call(change, 20_000)).toMatchObject({ status: 429, wait: 40 });
    expect(call({ ...change, resourceId: "/vms/web-02" }, 20_000).status).toBe(200);
    expect(times(call, 4, change, MINUTE).status).toBe(200);
    expect(call(change, MINUTE)).toMatchObject({ status: 429, wait: 60 });
  });

  test("refuse with Compute's body, which has no outer error", () => {
    const { call } = throttled();
    const list = { operation: "highCostGet" } as const;
    times(call, 900, list, Date.UTC(2026, 0, 1));
    const { status, headers, body } = call(list, Date.UTC(2026, 0, 1, 0, 0, 45));
    expect({ status, headers }).toEqual({
      status: 429,
      headers: {
        "Retry-After": "15",
        "x-ms-ratelimit-remaining-resource": "Microsoft.Compute/HighCostGetSubscriptionMaximum;0",
      },
    });
    expect(body).toEqual({
      code: "OperationNotAllowed",
      message:
        "The server rejected the request because too many requests have been received for this subscription.",
      details: [
        {
          code: "TooManyRequests",
          target: "HighCostGetSubscriptionMaximum",
          message: JSON.stringify({
            operationGroup: "HighCostGetSubscriptionMaximum",
            startTime: "2026-01-01T00:00:00.0000000+00:00",
            endTime: "2026-01-01T00:00:45.0000000+00:00",
            allowedRequestCount: 900,
            measuredRequestCount: 901,
          }),
        },
      ],
    });
  });

  test("take from all of their limits, or from none", () => {
    const { call } = throttled();
    const poll = { method: "GET", operation: "getOperation" } as const;
    times(call, 45, poll);
    times(call, 10, poll);
    const another = call({ ...poll, resourceId: "/operations/2" });
    expect(left(another)).toBe("GetOperationResource;44,GetOperationSubscriptionMaximum;14954");
    expect(another.headers["x-ms-ratelimit-remaining-subscription-reads"]).toBe("204");
  });

  test("do not mind how an id is spelled", () => {
    const { call } = throttled();
    call({ operation: "putVirtualMachine" });
    expect(left(call({ operation: "putVirtualMachine", resourceId: "/VMS/Web-01" }))).toContain(
      "PutVMResource;10",
    );
  });
});
