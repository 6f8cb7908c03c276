import { expect, test } from "vitest";
import { operationAt } from "../../described/operation-at.ts";

test.each([
  ["GET", "/api/vms", "ListVms"],
  ["GET", "/api/vms/a~b~c", "GetVm"],
  ["GET", "/api/vms/a~b~c/restore-points", "ListRestorePoints"],
  ["GET", "/api/VMs/a~b~c/Explain", "ExplainVm"],
  ["PUT", "/api/policies/gold", "PutPolicy"],
  ["PATCH", "/api/policies/gold", undefined],
  ["GET", "/api/policies/", undefined],
  ["GET", "/api/health", undefined],
])("%s %s is a request for %s", (method, path, operation) => {
  expect(operationAt({ method, path })).toBe(operation);
});
