/**
 * What a route of the HTTP API takes and answers: the one source of its validation, its types and its part of the
 * OpenAPI document. A route that is not described here cannot be registered.
 */
import type * as z from "zod";
import type { Action } from "./caller.ts";

/** Headers that an answer has beside those of every answer. */
export type AnswerHeader = "ETag" | "Operation-Location" | "Retry-After";

export interface AnswerShape {
  readonly description: string;
  readonly body?: z.ZodType;
  readonly headers?: readonly AnswerHeader[];
}

type Fields = z.ZodObject<Readonly<Record<string, z.ZodType>>>;

export interface Route {
  /** Name of the function, and the operation's id. */
  readonly name: string;
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Below the prefix of all routes, as in `vms/{vm}`. */
  readonly path: string;
  /** The heading that it stands under in the document. */
  readonly tag: string;
  readonly action: Action;
  /** One line. */
  readonly summary: string;
  readonly description?: string;
  /** Of the path. A value that cannot be one is not found, as if it were none. */
  readonly params?: Fields;
  /** Beside `api-version`. Whatever else is in the query is refused. */
  readonly query?: Fields;
  readonly body?: z.ZodType;
  /** The handler reads the body itself, since there are rules that no schema can say. */
  readonly readsBody?: boolean;
  /** Whether `If-Match` and `If-None-Match` are heeded. */
  readonly conditional?: boolean;
  /** Whether `Repeatability-Request-ID` is heeded. */
  readonly repeatable?: boolean;
  /** By status, those that are no errors. */
  readonly answers: Readonly<Record<number, AnswerShape>>;
  /** Statuses of errors beyond those of every route, and when. */
  readonly errors?: Readonly<Record<number, string>>;
}

export const route = <const R extends Route>(described: R): R => described;

type Parsed<S> = S extends z.ZodType ? z.output<S> : Readonly<Record<string, never>>;
type Writable<S> = S extends z.ZodType ? z.output<S> : undefined;

export type ParamsOf<R extends Route> = Parsed<R["params"]>;
export type QueryOf<R extends Route> = Parsed<R["query"]>;
export type BodyOf<R extends Route> = R extends { readonly readsBody: true }
  ? unknown
  : Writable<R["body"]>;

type WithBody<S> = S extends { readonly body: infer B extends z.ZodType }
  ? { readonly body: z.input<B> }
  : { readonly body?: undefined };
type WithHeaders<S> = S extends { readonly headers: readonly (infer H extends string)[] }
  ? { readonly headers: Readonly<Record<H, string>> }
  : { readonly headers?: undefined };

/** An answer of the route's, one of those that it describes. */
export type AnswerOf<R extends Route> = {
  [S in keyof R["answers"]]: { readonly status: S } & WithBody<R["answers"][S]> &
    WithHeaders<R["answers"][S]>;
}[keyof R["answers"]];
