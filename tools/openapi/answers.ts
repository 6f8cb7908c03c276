/** What a route answers, errors included. */
import type { z } from "zod";
import type { ZodOpenApiResponsesObject } from "zod-openapi";
import type { AnswerShape, Route } from "../../src/lib/api/route.ts";
import { errorSchema } from "../../src/lib/api/shapes/error.ts";
import { headersOf, headersOfError } from "./headers.ts";

/** Errors that every route can answer, and those that come with what it takes. */
const GENERAL = {
  400: "A parameter, a header or the body is wrong; `details` names each.",
  401: "There is no valid token.",
  403: "The caller may not do that.",
  404: "There is no such thing, or you may not see it.",
  413: "The body is too large.",
  415: "The body is not application/json.",
  429: "Too many requests of this partner.",
  500: "Something failed on our side.",
  501: "The request cannot be made repeatable.",
} as const;

const NOT_MET = "`If-Match` or `If-None-Match` does not hold.";
const NOT_REPEATABLE = "`Repeatability-First-Sent` is more than 24 hours ago.";

/** By status, when. */
function errorsOf(route: Route): Record<number, string> {
  const { params, body, readsBody, conditional, repeatable, errors } = route;
  const { 404: notFound, 413: tooLarge, 415: notJson, 501: notRepeatable, ...always } = GENERAL;
  return {
    ...always,
    ...(params && !readsBody ? { 404: notFound } : {}),
    ...(body ? { 413: tooLarge, 415: notJson } : {}),
    ...(conditional ? { 412: NOT_MET } : {}),
    ...(repeatable ? { 412: NOT_REPEATABLE } : { 501: notRepeatable }),
    ...errors,
  };
}

const json = (schema: z.ZodType) => ({ "application/json": { schema } });

const answerOf = ({ description, body, headers = [] }: AnswerShape, { repeatable }: Route) => ({
  description,
  headers: headersOf(headers, repeatable === true),
  ...(body ? { content: json(body) } : {}),
});

const errorAnswer = (status: string, description: string) => ({
  description,
  headers: headersOfError(status),
  content: json(errorSchema),
});

/** Those that are the same wherever they occur. */
export const generalAnswers = Object.fromEntries(
  Object.entries(GENERAL).map(([status, when]) => [`Error${status}`, errorAnswer(status, when)]),
);

const errorOrReference = (status: string, when: string) =>
  generalAnswers[`Error${status}`]?.description === when
    ? { $ref: `#/components/responses/Error${status}` as const }
    : errorAnswer(status, when);

export const answersOf = (route: Route): ZodOpenApiResponsesObject =>
  Object.fromEntries([
    ...Object.entries(route.answers).map(([status, shape]) => [status, answerOf(shape, route)]),
    ...Object.entries(errorsOf(route)).map(([status, when]) => [
      status,
      errorOrReference(status, when),
    ]),
  ]);
