/** Status documents of operations: no swagger has a path for them, but the common types say what they are like. */
import { pathToFileURL } from "node:url";
import type { SwaggerDocument } from "./documents.ts";
import { SPECIFICATION } from "./official-files.ts";

const COMMON = "./common-types/resource-management/v6/types.json#/definitions";
const DISKS = "./compute/resource-manager/Microsoft.Compute/Compute/stable/2026-03-02/DiskRP.json";

const LOCATION = "/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}";

const get = {
  get: {
    operationId: "Operations_Get",
    responses: {
      200: { schema: { $ref: "#/definitions/Status" } },
      default: { schema: { $ref: `${COMMON}/ErrorResponse` } },
    },
  },
};

export const OPERATION_STATUS_URL = pathToFileURL(`${SPECIFICATION}/operation-status.json`).href;

export const OPERATION_STATUS: SwaggerDocument = {
  info: { version: "common types 6.0" },
  paths: {
    [`${LOCATION}/operations/{operationId}`]: get,
    [`${LOCATION}/diskOperations/{operationId}`]: get,
  },
  definitions: {
    Status: {
      allOf: [{ $ref: `${COMMON}/OperationStatusResult` }],
      // Of beginGetAccess (recorded).
      properties: {
        properties: {
          type: "object",
          properties: { output: { $ref: `${DISKS}#/definitions/AccessUri` } },
        },
      },
    },
  },
};
