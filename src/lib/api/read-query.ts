/** Reads the query of a request as its route describes it. */
import type * as z from "zod";
import { apiVersions } from "../../names.ts";
import { ApiError, invalidParameters } from "./api-error.ts";
import type { QueryOf, Route } from "./route.ts";

const VERSION = "api-version";

/** Throws 400 unless a version that there is is asked for. */
export function demandVersion(query: URLSearchParams): void {
  const version = query.get(VERSION);
  const supported = apiVersions.join(", ");
  if (version === null) {
    throw new ApiError(400, {
      code: "MissingApiVersionParameter",
      message: `The query parameter api-version is required. Supported: ${supported}.`,
      target: VERSION,
    });
  }
  if (apiVersions.some((known) => known === version)) return;
  throw new ApiError(400, {
    code: "UnsupportedApiVersionValue",
    message: `There is no api-version ${JSON.stringify(version)}. Supported: ${supported}.`,
    target: VERSION,
  });
}

/** Throws 400 that names each parameter that is wrong, unknown, or given more than once. */
export function readQuery<R extends Route>(
  { query: schema }: R,
  query: URLSearchParams,
): QueryOf<R> {
  const names = [...query.keys()];
  const repeated = [...new Set(names.filter((name, index) => names.indexOf(name) < index))];
  const { [VERSION]: _, ...given } = Object.fromEntries(query);
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(schema?.shape ?? {}, name));
  const parsed = schema?.safeParse(given);
  const wrong = [
    ...repeated.map((name) => [name, "is given more than once"] as const),
    ...unknown.map((name) => [name, "there is no such parameter"] as const),
    ...issuesOf(parsed).map(({ path, message }) => [path.join("."), message] as const),
  ];
  if (wrong.length > 0) throw invalidParameters(wrong);
  // What the route's schema has read is what its type says.
  return (parsed?.data ?? {}) as QueryOf<R>;
}

/** Those about a parameter that there is. */
const issuesOf = (parsed: z.ZodSafeParseResult<unknown> | undefined) =>
  parsed?.error?.issues.filter(({ code }) => code !== "unrecognized_keys") ?? [];
