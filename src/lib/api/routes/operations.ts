import { z } from "zod";
import { route } from "../route.ts";
import { grantGroupSchema, operationSchema } from "../shapes/operation.ts";
import { operationParams } from "../shapes/parameters.ts";

export const getOperationRoute = route({
  name: "GetOperation",
  method: "GET",
  path: "operations/{operation}",
  tag: "Operations",
  action: "readOperations",
  summary: "How far an operation is.",
  description: "What `Operation-Location` points to. A partner sees what its verbs are about.",
  params: operationParams,
  answers: {
    200: { description: "The operation.", body: z.union([operationSchema, grantGroupSchema]) },
  },
});
