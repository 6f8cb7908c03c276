/** Why a restore is not begun, as errors of the HTTP API. */
import type { VmKey } from "../fleet/vm-key.ts";
import type { ArmFailure } from "../operations/arm.ts";
import type { ArmProblem } from "../operations/arm-problem.ts";
import { outOfScope } from "../partners/restore-scope.ts";
import type { RestoreRequested } from "../restores/request-restore.ts";
import type { RestoreProblem } from "../restores/restore.ts";
import type { RestoreRequest } from "../restores/restore-request.ts";
import { ApiError, notFound } from "./api-error.ts";
import type { Caller } from "./caller.ts";
import { told } from "./shapes/restore.ts";

/** Throws 403 when a partner would restore to where it sees nothing. Operators restore anywhere. */
export function demandInScope({ partner }: Caller, vm: VmKey, request: RestoreRequest): void {
  const target = partner && outOfScope(partner.scope, vm, request);
  if (target === undefined) return;
  const message = `${target}: it is not in the scope of the partner's record.`;
  throw new ApiError(403, { code: "Forbidden", message, target });
}

export function refusalOf(
  refusal: Exclude<RestoreRequested, { kind: "accepted" }>,
  { partner }: Caller,
): ApiError {
  switch (refusal.kind) {
    case "notFound":
      return notFound();
    case "tooMany": {
      const message = `${refusal.most} of your restores of this VM are under way already.`;
      return new ApiError(409, { code: "TooManyRestoresOfVm", message });
    }
    case "refused":
      return refused(refusal.problems.map((problem) => told(problem, partner !== undefined)));
    default:
      return refusal satisfies never;
  }
}

function refused(problems: readonly RestoreProblem[]): ApiError {
  const reasons = problems.length === 1 ? "is one reason" : `are ${problems.length} reasons`;
  const [first] = problems;
  const waits = problems.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  return new ApiError(
    409,
    {
      code: "RestoreRefused",
      message: `Nothing was made: there ${reasons} against it, in \`details\`.`,
      ...(first ? { target: first.target } : {}),
      details: problems.map(({ code, message, target }) => ({ code, message, target })),
    },
    waits.length === 0 ? {} : { "Retry-After": String(Math.ceil(Math.max(...waits) / 1000)) },
  );
}

export function unavailable(
  failure:
    | { readonly kind: "throttled"; readonly retryAfterMs: number; readonly error?: ArmProblem }
    | Extract<ArmFailure, { kind: "unsettled" }>,
): ApiError {
  const seconds = failure.kind === "throttled" ? Math.ceil(failure.retryAfterMs / 1000) : 5;
  const message = `Azure has no time at the moment: ${failure.error?.code ?? "others are being answered"}.`;
  return new ApiError(
    503,
    { code: "AzureNotAvailable", message },
    { "Retry-After": String(seconds) },
  );
}
