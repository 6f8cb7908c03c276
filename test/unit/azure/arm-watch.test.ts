import {
  createHttpHeaders,
  createPipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import { describe, expect, test } from "vitest";
import { type ArmCallEnd, armCallOf, watchPolicy } from "../../../src/lib/azure/arm-watch.ts";

const IN_GROUP = "https://management.azure.com/subscriptions/1/resourceGroups/shop/providers";

describe("a request is told by what it does, without a name:", () => {
  test.each([
    [
      `${IN_GROUP}/Microsoft.Compute/virtualMachines/web-01?api-version=1`,
      "Microsoft.Compute/virtualMachines",
    ],
    [
      `${IN_GROUP}/Microsoft.Compute/restorePointCollections/c/restorePoints/p`,
      "Microsoft.Compute/restorePointCollections/restorePoints",
    ],
    [
      `${IN_GROUP}/Microsoft.Compute/restorePointCollections/c/restorePoints/p/diskRestorePoints/d/beginGetAccess`,
      "Microsoft.Compute/restorePointCollections/restorePoints/diskRestorePoints/beginGetAccess",
    ],
    [
      "https://management.azure.com/subscriptions/1/providers/Microsoft.Compute/locations/eu/operations/2?t=3&c=secret",
      "Microsoft.Compute/locations/operations",
    ],
    [
      `${IN_GROUP}/Microsoft.Compute/virtualMachines/v/providers/Microsoft.Resources/tags/default`,
      "Microsoft.Resources/tags",
    ],
    [
      "https://management.azure.com/subscriptions/1/resourcegroups/shop",
      "subscriptions/resourcegroups",
    ],
    [`${IN_GROUP}/Microsoft.Compute/locations/eu/sig%3Dabc/x`, "Microsoft.Compute/locations/…"],
    ["https://management.azure.com/", ""],
  ])("%s", (url, type) => {
    expect(armCallOf("GET", url)).toEqual({ method: "GET", type, host: "management.azure.com" });
  });
});

describe("a request that is watched", () => {
  const request = () => createPipelineRequest({ url: `${IN_GROUP}/Microsoft.Compute/disks/d` });
  const ends: ArmCallEnd[] = [];
  const policy = watchPolicy(() => ({
    traceparent: "00-1-2-01",
    end: (end) => void ends.push(end),
  }));
  const answer = (status: number, bodyAsText: string): PipelineResponse => ({
    ...{ request: request(), status, bodyAsText },
    headers: createHttpHeaders({ "x-ms-request-id": "r", "x-ms-correlation-request-id": "c" }),
  });

  test("carries the trace to ARM, and ends with ARM's ids", async () => {
    const sent = request();
    await policy.sendRequest(sent, async () => answer(200, '{"accessSAS":"https://x?sig=y"}'));
    expect(sent.headers.get("traceparent")).toBe("00-1-2-01");
    expect(ends.pop()).toEqual({ status: 200, requestId: "r", correlationId: "c" });
  });

  test("ends with ARM's code when ARM refuses it", async () => {
    await policy.sendRequest(request(), async () => answer(409, '{"error":{"code":"Conflict"}}'));
    expect(ends.pop()).toMatchObject({ status: 409, code: "Conflict" });
  });

  test("ends without a status when there is no answer, and fails as it would have", async () => {
    const lost = Object.assign(new Error("https://x?sig=y"), { name: "AbortError" });
    await expect(policy.sendRequest(request(), () => Promise.reject(lost))).rejects.toBe(lost);
    expect(ends.pop()).toEqual({ code: "AbortError" });
  });
});
