/** A fault of operations as JSON says it. */
import { z } from "zod";
import type { OperationFault, OperationOutcome } from "../faults.ts";
import { OPERATION_KINDS } from "../operations/operation.ts";
import { documentedErrorNames, documentedErrors } from "../rules/documented-errors.ts";

export const operationFaultSchema = z
  .strictObject({
    operation: z.enum(OPERATION_KINDS),
    /** Part of the ARM id that it works on, or of its VM's; left out: any. */
    target: z.string().min(1).optional(),
    /** How many operations; default 1. */
    times: z.int().min(1).optional(),
    /**
     * `fail`: ends Failed. `hang`: does not end until it is released. `failHalfWay`: of a copy. `fallBack`: VSS
     * failed, and the restore point is file-system-consistent.
     */
    outcome: z.enum(["fail", "hang", "failHalfWay", "fallBack"]),
    /** A documented error, which gives code and message. */
    error: z.enum(documentedErrorNames).optional(),
    code: z.string().min(1).optional(),
    message: z.string().optional(),
  })
  .superRefine(({ operation, outcome, ...rest }, context) => {
    const only = ONLY_OF[outcome];
    if (only !== undefined && only !== operation) {
      const message = `${outcome} is for ${only} only.`;
      context.addIssue({ code: "custom", path: ["outcome"], message });
    }
    for (const name of ["error", "code", "message"] as const) {
      if (rest[name] === undefined || outcome === "fail") continue;
      context.addIssue({ code: "custom", path: [name], message: "is for the outcome fail only." });
    }
  });

const ONLY_OF: Readonly<Record<string, string>> = {
  failHalfWay: "copyRestorePoint",
  fallBack: "createRestorePoint",
};

export type AskedOperationFault = z.infer<typeof operationFaultSchema>;

export function toOperationFault(asked: AskedOperationFault): OperationFault {
  const { operation, target, times } = asked;
  return {
    kind: operation,
    ...(target === undefined ? {} : { target }),
    ...(times === undefined ? {} : { times }),
    outcome: outcomeOf(asked),
  };
}

function outcomeOf({ outcome, error, code, message }: AskedOperationFault): OperationOutcome {
  switch (outcome) {
    case "hang":
      return "hang";
    case "failHalfWay":
      return "fail-half-way";
    case "fallBack":
      return "fall-back";
    case "fail": {
      const documented = documentedErrors[error ?? "InternalExecutionError"];
      return { code: code ?? documented.code, message: message ?? documented.message };
    }
    default:
      return outcome satisfies never;
  }
}
