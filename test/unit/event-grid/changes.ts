/** Changes as the ARM emulator reports them. */
import type { ResourceChange } from "../../../local/event-grid/resource-change.ts";

export const SUBSCRIPTION_ID = "00000000-0000-0000-0000-000000000001";
export const VM_ID = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-demo/providers/Microsoft.Compute/virtualMachines/web-01`;

const base = {
  resourceId: VM_ID,
  at: new Date("2026-01-15T18:38:04.611Z"),
  correlationId: "c-1",
} as const;

const resource = {
  id: VM_ID,
  name: "web-01",
  type: "Microsoft.Compute/virtualMachines",
  location: "westeurope",
  tags: { "restore-points": "hourly" },
  properties: { vmId: "v-1" },
} as const;

const httpRequest = {
  method: "PATCH",
  url: `https://localhost:7443${VM_ID}?api-version=2026-04-01`,
  clientRequestId: "r-1",
} as const;

export const vmCreated: ResourceChange = {
  ...base,
  operationName: "Microsoft.Compute/virtualMachines/write",
  category: "Write",
  resource,
};

export const vmUpdated: ResourceChange = { ...vmCreated, httpRequest };

export const vmTagged: ResourceChange = {
  ...base,
  operationName: "Microsoft.Resources/tags/write",
  category: "Write",
  resource,
};

export const vmStarted: ResourceChange = {
  ...base,
  operationName: "Microsoft.Compute/virtualMachines/start/action",
  category: "Action",
  httpRequest: { ...httpRequest, method: "POST" },
  resource,
};

export const vmDeleted: ResourceChange = {
  ...base,
  operationName: "Microsoft.Compute/virtualMachines/delete",
  category: "Delete",
  httpRequest: { ...httpRequest, method: "DELETE" },
};

export const vmUpdateFailed: ResourceChange = { ...vmUpdated, status: "Failed" };
export const vmStartFailed: ResourceChange = { ...vmStarted, status: "Failed" };
export const vmDeleteFailed: ResourceChange = { ...vmDeleted, status: "Failed" };
