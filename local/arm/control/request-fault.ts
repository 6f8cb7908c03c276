/** A fault of requests as JSON says it: an answer instead of Azure's, a delay, or a connection that is cut. */
import { validateHeaderName, validateHeaderValue } from "node:http";
import { z } from "zod";
import type { Fault, FaultAnswer } from "../faults.ts";
import { documentedErrorNames, documentedErrors } from "../rules/documented-errors.ts";

const LONGEST_DELAY_MS = 24 * 3_600_000;

export const requestFaultSchema = z
  .strictObject({
    /** Left out: any. */
    method: z
      .string()
      .regex(/^[A-Za-z]+$/, "must be a method such as GET.")
      .optional(),
    /** A regular expression, in any casing, somewhere in the path. */
    path: z.string().refine(isPattern, "must be a regular expression.").optional(),
    /** How many requests; default 1, and with a rate every one. */
    times: z.int().min(1).optional(),
    /** The share of the matching requests. */
    rate: z.number().gt(0).max(1).optional(),
    status: z.int().min(200).max(599).optional(),
    /** A documented error, which gives code and message. */
    error: z.enum(documentedErrorNames).optional(),
    code: z.string().min(1).optional(),
    message: z.string().optional(),
    headers: z.record(z.string(), z.string()).refine(areHeaders, "must be headers.").optional(),
    delayMs: z.number().min(0).max(LONGEST_DELAY_MS).optional(),
    connection: z.enum(["reset", "dropResponse"]).optional(),
  })
  .superRefine(({ status, delayMs, connection, ...rest }, context) => {
    const given = [status, delayMs, connection].filter((each) => each !== undefined);
    if (given.length !== 1) {
      const message = "give one of status, delayMs and connection.";
      context.addIssue({ code: "custom", path: ["status"], message });
    }
    for (const name of ["error", "code", "message", "headers"] as const) {
      if (rest[name] === undefined || status !== undefined) continue;
      context.addIssue({ code: "custom", path: [name], message: "needs a status." });
    }
  });

export type AskedRequestFault = z.infer<typeof requestFaultSchema>;

export function toFault(asked: AskedRequestFault): Fault {
  const { method, path, times, rate } = asked;
  return {
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    ...(path === undefined ? {} : { path: new RegExp(path, "i") }),
    ...(rate === undefined ? {} : { rate, times: Infinity }),
    ...(times === undefined ? {} : { times }),
    answer: answerOf(asked),
  };
}

function answerOf(asked: AskedRequestFault): FaultAnswer {
  const { connection, delayMs, status = 500, headers, error, code, message } = asked;
  if (connection === "reset") return "reset";
  if (connection === "dropResponse") return "drop-response";
  if (delayMs !== undefined) return { delayMs };
  const documented = error === undefined ? undefined : documentedErrors[error];
  const body = {
    code: code ?? documented?.code ?? "InternalServerError",
    message: message ?? documented?.message ?? "A fault that was asked for.",
  };
  return { status, ...(headers && { headers }), ...(hasBody(status) && { body: { error: body } }) };
}

const hasBody = (status: number): boolean => status !== 204 && status !== 304;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "i") instanceof RegExp;
  } catch {
    return false;
  }
}

function areHeaders(headers: Readonly<Record<string, string>>): boolean {
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
}
