/** One request as a handler sees it, and the answer it gives. */
import type { z } from "zod";
import { ArmError } from "./arm-error.ts";

export interface ArmRequest {
  readonly method: string;
  /** As the client spelled it. */
  readonly url: URL;
  /** The names in the path, as the client spelled them. */
  readonly params: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
  /** Who asks, for ARM's budgets. */
  readonly principal: string;
  readonly requestId: string;
  readonly correlationId: string;
  readonly clientRequestId: string;
}

export interface ArmAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (request: ArmRequest) => ArmAnswer | Promise<ArmAnswer>;

/** A parameter of the route's own template: it is there, or the route is wrong. */
export function param({ params }: ArmRequest, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`The route has no parameter ${name}.`);
  return value;
}

/** A query parameter, whose name is case-insensitive. */
export const queryOf = ({ url }: Pick<ArmRequest, "url">, wanted: string): string | undefined =>
  [...url.searchParams].find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];

/** `$expand`, whose name and value are case-insensitive. */
export const expands = (request: ArmRequest, what: string): boolean =>
  queryOf(request, "$expand")?.toLowerCase() === what.toLowerCase();

/** The body in its shape, or 400 naming every property that is not. */
export function parseBody<T>(schema: z.ZodType<T>, { body }: ArmRequest): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join(".") || "body"}: ${message}`,
  );
  const target = parsed.error.issues[0]?.path.join(".");
  throw new ArmError(400, "InvalidParameter", problems.join("; "), { target });
}
