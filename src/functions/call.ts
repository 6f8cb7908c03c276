/** Reads a request as its route describes it: path, query and body, each with everything that is wrong at once. */
import type { HttpRequest } from "@azure/functions";
import { invalidBody, notFound } from "../lib/api/api-error.ts";
import type { Caller } from "../lib/api/caller.ts";
import { readQuery } from "../lib/api/read-query.ts";
import type { AnswerOf, BodyOf, ParamsOf, QueryOf, Route } from "../lib/api/route.ts";
import { demandVisible } from "../lib/api/visible.ts";
import type { FollowUp } from "../lib/operations/messages.ts";
import { problemsOf } from "../lib/problem.ts";
import {
  demandNoRepeatability,
  type Repeatability,
  repeatabilityOf,
} from "../lib/repeatability/repeatability-headers.ts";
import type { Log } from "../lib/telemetry.ts";
import { jsonBody } from "./json-body.ts";

/** What a handler may need of the invocation. */
export interface Invocation {
  /** Is the answer's `x-ms-request-id`. */
  readonly id: string;
  /** Puts messages on the queues, once the handler has answered. */
  send(followUp: FollowUp): void;
}

/** A request that the route takes, by a caller who may see what its path names. */
export interface Call<R extends Route> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  readonly url: URL;
  /** The route's own part of the URL's path, its parameters as names. */
  readonly path: string;
  readonly headers: { get(name: string): string | null };
  /** The caller may send the request again, and say so. */
  readonly repeatability: Repeatability | undefined;
  readonly caller: Caller;
  readonly log: Log;
  readonly invocation: Invocation;
}

/** Answers, or throws an `ApiError`. */
export type Handler<R extends Route> = (call: Call<R>) => Promise<AnswerOf<R>>;

export async function callOf<R extends Route>(
  route: R,
  request: HttpRequest,
  caller: Caller,
  log: Log,
  invocation: Invocation,
): Promise<Call<R>> {
  const url = new URL(request.url);
  const params = route.params?.safeParse(request.params) ?? { success: true, data: {} };
  if (!params.success) throw notFound();
  demandVisible(caller, params.data);
  if (!route.repeatable) demandNoRepeatability(request.headers);
  const repeatability = route.repeatable ? repeatabilityOf(request.headers) : undefined;
  const query = readQuery(route, url.searchParams);
  const body = await readBody(route, request);
  return {
    // What the schemas of the route have read is what its types say.
    params: params.data as ParamsOf<R>,
    query,
    body: body as BodyOf<R>,
    url,
    path: route.path,
    headers: request.headers,
    repeatability,
    caller,
    log,
    invocation,
  };
}

async function readBody({ body, readsBody }: Route, request: HttpRequest): Promise<unknown> {
  if (body === undefined) return undefined;
  const json = await jsonBody(request);
  if (readsBody) return json;
  const parsed = body.safeParse(json);
  if (parsed.success) return parsed.data;
  throw invalidBody("request", "InvalidRequest", problemsOf(parsed.error, "body"));
}
