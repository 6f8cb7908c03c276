/**
 * Errors as Microsoft's Azure REST API guidelines have them: `{ error: { code, message, target, details } }`.
 * https://github.com/microsoft/api-guidelines/blob/vNext/azure/Guidelines.md
 */
import type { Problem } from "../problem.ts";

export interface ErrorDetail {
  readonly code: string;
  readonly message: string;
  /** The parameter or property that is wrong. */
  readonly target?: string;
  /** Where several things are wrong at once. */
  readonly details?: readonly ErrorDetail[];
}

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly target: string | undefined;
  readonly details: readonly ErrorDetail[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    { code, message, target, details }: ErrorDetail,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.target = target;
    this.details = details;
    this.headers = headers;
  }
}

/** One answer for what does not exist and for what the caller may not see. */
export const notFound = (): ApiError =>
  new ApiError(404, {
    code: "NotFound",
    message: "There is no such resource, or you may not see it.",
  });

export const invalidParameter = (target: string, rule: string): ApiError =>
  new ApiError(400, wrongParameter(target, rule));

export type WrongParameter = readonly [target: string, rule: string];

/** Names all of them at once; the first as the error itself. */
export function invalidParameters(wrong: readonly WrongParameter[]): ApiError {
  const details = wrong.map(([target, rule]) => wrongParameter(target, rule));
  const [first = wrongParameter("query", "is wrong")] = details;
  return new ApiError(400, details.length > 1 ? { ...first, details } : first);
}

const wrongParameter = (target: string, rule: string): ErrorDetail => ({
  code: "InvalidParameter",
  message: `${target}: ${rule}`,
  target,
});

/** Everything that is wrong with a body at once, each with its field. */
export const invalidBody = (what: string, code: string, problems: readonly Problem[]): ApiError =>
  new ApiError(400, {
    code,
    message:
      problems.length === 1
        ? `The ${what} is wrong.`
        : `The ${what} has ${problems.length} problems.`,
    details: problems.map(({ field, message }) => ({
      code: "InvalidField",
      message: `${field}: ${message}`,
      target: field,
    })),
  });
