import * as z from "zod";
import { ApiError, notFound } from "../lib/api/api-error.ts";
import type { postCopyRoute } from "../lib/api/routes/restore-point-changes.ts";
import { operationIdOf, operationIdSchema } from "../lib/operations/operation-id.ts";
import type { RequestStatusDeps } from "../lib/plan/request-status.ts";
import { type RequestCopyDeps, requestCopy } from "../lib/requests/request-copy.ts";
import type { Handler } from "./call.ts";
import { type RepeatableDeps, repeatable } from "./repeatable.ts";
import { accepted, askedBy } from "./request-answer.ts";

type Deps = RequestCopyDeps &
  RepeatableDeps & {
    readonly tables: RequestCopyDeps["tables"] &
      RepeatableDeps["tables"] &
      RequestStatusDeps["tables"];
  };

/** Of a copy that is there, or being made, the operation is one of its own as well: it tells what is there. */
export const postCopy = (services: Deps): Handler<typeof postCopyRoute> =>
  repeatable(services, {
    made: z.object({ operation: operationIdSchema }),
    make: async (call, { newId }) => {
      const { vm, point } = call.params;
      const asking = { id: operationIdOf(vm, newId("copy")), ...askedBy(call) };
      const wanted = { point, region: call.body.region };
      const requested = await requestCopy(services, asking, wanted, call.log);
      switch (requested.kind) {
        case "accepted":
          call.invocation.send(requested.followUp);
          return { operation: asking.id };
        case "notFound":
          throw notFound();
        case "refused": {
          const { code, message } = requested;
          throw new ApiError(409, { code, message, target: "region" });
        }
        default:
          return requested satisfies never;
      }
    },
    answer: (call, { operation }) => accepted(services, call, operation),
  });
