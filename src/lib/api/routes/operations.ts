import * as z from "zod";
import { operationKindSchema } from "../../operations/operation.ts";
import { route } from "../route.ts";
import { grantGroupSchema, operationSchema, operationStatusSchema } from "../shapes/operation.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { operationParams, regionText, vmText } from "../shapes/parameters.ts";
import { requestSchema } from "../shapes/point-request.ts";
import { restoreResourceSchema } from "../shapes/restore.ts";
import { isForward, notForward, timeQuery } from "../shapes/time-range.ts";

const tag = "Operations";

export const listOperationsRoute = route({
  name: "ListOperations",
  method: "GET",
  path: "operations",
  tag,
  action: "readOperations",
  summary: "The operations of a week, by VM, and of each VM the oldest first.",
  description:
    "A partner has those that its verbs are about. An `EndGetAccess` has its own status here; whether the grant is over is told by the operation itself.",
  query: z
    .strictObject({
      ...pageQuery,
      vm: vmText.optional(),
      state: operationStatusSchema.optional().meta({ description: "Their `status`." }),
      kind: operationKindSchema.optional().meta({ description: "Only those of this kind." }),
      region: regionText.optional().meta({ description: "Of a copy." }),
      ...timeQuery("createdAt"),
    })
    .refine(isForward, notForward),
  answers: { 200: { description: "A page of them.", body: pageOf(operationSchema) } },
});

export const getOperationRoute = route({
  name: "GetOperation",
  method: "GET",
  path: "operations/{operation}",
  tag,
  action: "readOperations",
  summary: "How far an operation is.",
  description: "What `Operation-Location` points to. A partner sees what its verbs are about.",
  params: operationParams,
  answers: {
    200: {
      description: "The operation.",
      body: z.union([operationSchema, requestSchema, restoreResourceSchema, grantGroupSchema]),
    },
  },
});
