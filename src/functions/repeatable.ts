/**
 * Handlers of routes whose requests can be sent again, with `Repeatability-Request-ID`.
 *
 * There are two parts. `make` does what is asked for, and returns the ids of what it made. `answer` reads those things
 * and tells what they are: the first time as well as each time later, so that a repetition cannot be answered otherwise.
 * Until then the caller's rights may have become fewer, so it looks at them as well.
 *
 * `make` is called again when the process died before its result was on record, and possibly twice at once. It gets the
 * same ids each time, `newId("grant")`, so all it needs is to be harmless when what it makes is there. What it refuses,
 * by throwing an `ApiError`, is not kept: a repetition tries anew, with these ids.
 */
import type * as z from "zod";
import type { AnswerOf, Route } from "../lib/api/route.ts";
import { beginRequest, type RepeatabilityDeps } from "../lib/repeatability/begin-request.ts";
import {
  demandRepeatable,
  type Repeatability,
} from "../lib/repeatability/repeatability-headers.ts";
import {
  type RepeatableRequest,
  repeatableRequestKey,
} from "../lib/repeatability/repeatable-request.ts";
import { changeRecord } from "../lib/state/change-record.ts";
import type { Call, Handler } from "./call.ts";
import { derivedUlid, hashOf } from "./derived-ulid.ts";

export interface RepeatableDeps extends RepeatabilityDeps {
  readonly now: () => Date;
  readonly newUlid: (now: Date) => string;
}

/** What a handler has for what it makes. */
interface Making {
  /** When the request came first: what is told as the time of it. */
  readonly at: Date;
  /** A ULID for `what`, which tells apart what one request makes. A repetition gets the same. */
  newId(what: string): string;
}

export interface Repeatable<R extends Route, Made extends Readonly<Record<string, unknown>>> {
  /** Ids, and nothing else: they are stored. */
  readonly made: z.ZodType<Made>;
  readonly make: (call: Call<R>, making: Making) => Promise<Made>;
  readonly answer: (call: Call<R>, made: Made) => Promise<AnswerOf<R>>;
}

export const repeatable =
  <R extends Route & { readonly repeatable: true }, Made extends Readonly<Record<string, unknown>>>(
    deps: RepeatableDeps,
    { made, make, answer }: Repeatable<R, Made>,
  ): Handler<R> =>
  async (call) => {
    const { repeatability } = call;
    if (repeatability === undefined) return await answer(call, await make(call, once(deps)));
    demandRepeatable(repeatability, deps.now());
    const now = deps.now();
    const fresh = requestOf(call, repeatability, now, deps.newUlid(now));
    const request = await beginRequest(deps, fresh);
    if (request.made) return await answer(call, made.parse(request.made));
    const things = await make(call, derivedFrom(request));
    await changeRecord(deps.tables.repeatability, repeatableRequestKey(request), (current) => ({
      ...current,
      made: things,
    }));
    return await answer(call, things);
  };

function once({ now, newUlid }: RepeatableDeps): Making {
  const at = now();
  return { at, newId: () => newUlid(at) };
}

function derivedFrom({ caller, id, at, salt }: RepeatableRequest): Making {
  const time = new Date(at);
  const names = salt === undefined ? [caller, id] : [caller, id, salt];
  return { at: time, newId: (what) => derivedUlid(time, [...names, what]) };
}

const requestOf = <R extends Route>(
  { caller, url, path, params, body }: Call<R>,
  { id, firstSent }: Repeatability,
  now: Date,
  salt: string,
): RepeatableRequest => ({
  caller: caller.id,
  id,
  asked: hashOf(canonical([path, params, [...url.searchParams].sort(), body, firstSent])).toString(
    "hex",
  ),
  at: now.toISOString(),
  salt,
});

/** The same text for the same thing, in whatever order its properties came. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
