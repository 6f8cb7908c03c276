import { z } from "zod";
import { ApiError, notFound } from "../lib/api/api-error.ts";
import { operationHeaders, urlOf } from "../lib/api/operation-location.ts";
import type { AnswerOf } from "../lib/api/route.ts";
import type { postCopyRoute } from "../lib/api/routes/restore-point-changes.ts";
import { given } from "../lib/api/shapes/given.ts";
import { copyKey } from "../lib/fleet/restore-point-copy.ts";
import { operationIdOf, operationIdSchema } from "../lib/operations/operation-id.ts";
import type { RequestStatusDeps } from "../lib/plan/request-status.ts";
import { type RequestCopyDeps, requestCopy } from "../lib/upkeep/request-copy.ts";
import type { Call, Handler } from "./call.ts";
import { type RepeatableDeps, repeatable } from "./repeatable.ts";
import { accepted, askedBy } from "./request-answer.ts";

type Deps = RequestCopyDeps &
  RepeatableDeps & {
    readonly tables: RequestCopyDeps["tables"] &
      RepeatableDeps["tables"] &
      RequestStatusDeps["tables"];
  };

/** A copy that is there, or being made, is told by the operation that makes it. */
export const postCopy = (services: Deps): Handler<typeof postCopyRoute> =>
  repeatable(services, {
    made: z.object({ operation: operationIdSchema, isThere: z.boolean() }),
    make: async (call, { newId }) => {
      const { vm, point } = call.params;
      const asking = { id: operationIdOf(vm, newId("copy")), ...askedBy(call) };
      const wanted = { point, region: call.body.region };
      const requested = await requestCopy(services, asking, wanted, call.log);
      switch (requested.kind) {
        case "accepted":
          call.invocation.send(requested.followUp);
          return { operation: asking.id, isThere: false };
        case "exists":
          return { operation: requested.copy.operation, isThere: true };
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
    answer: (call, { operation, isThere }) =>
      isThere ? existing(services, call) : accepted(services, call, operation),
  });

const STATUS = { Copying: "Running", Succeeded: "Succeeded", Failed: "Failed" } as const;

async function existing(
  { tables }: Deps,
  call: Call<typeof postCopyRoute>,
): Promise<AnswerOf<typeof postCopyRoute>> {
  const { vm, point } = call.params;
  const copy = (await tables.copies.get(copyKey(vm, call.body.region, point)))?.record;
  if (copy === undefined) throw notFound();
  const { operation: id, state, requestedAt: createdAt, endedAt, error } = copy;
  return {
    status: 202,
    headers: operationHeaders(call, id),
    body: {
      ...{ id, kind: "copyRestorePoint", status: STATUS[state], vm, restorePoint: point },
      resourceLocation: urlOf(call, ["vms", vm, "restore-points", point]),
      createdAt,
      ...given({ endedAt, error }),
    },
  };
}
