/** The OpenAPI 3.1 document of the HTTP API, made from its routes. */
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject } from "zod-openapi";
import type { AnswerHeader, AnswerShape, Route } from "../src/lib/api/route.ts";
import { errorSchema } from "../src/lib/api/shapes/error.ts";
import { apiVersions } from "../src/names.ts";
import { allRoutes } from "./all-routes.ts";

const [newest] = apiVersions;

const text = (description: string) => ({
  description,
  required: true,
  schema: { type: "string" as const },
});

/** Of every answer. */
const always = {
  "x-ms-request-id": text("To quote when something is wrong; in the logs as well."),
  traceparent: text("The request's span, in the caller's trace if it sent one."),
};

/** Of a request that is repeatable. */
const repeatability = z.object({
  "Repeatability-Request-ID": z
    .string()
    .regex(/^[0-9A-Za-z._-]{1,64}$/)
    .optional()
    .meta({ description: "Makes the request safe to send again. A GUID; one for each request." }),
  "Repeatability-First-Sent": z
    .string()
    .optional()
    .meta({ description: "When it was sent first, as in `Sat, 31 Jan 2026 12:00:00 GMT`." }),
});

const repeated = {
  "Repeatability-Result": {
    ...text("`accepted` or `rejected`, when the request had a `Repeatability-Request-ID`."),
    required: false,
  },
};

const HEADERS: Readonly<Record<AnswerHeader, ReturnType<typeof text>>> = {
  ETag: text("For If-Match."),
  "Operation-Location": text("Where to ask how far it is."),
  "Retry-After": text("Seconds."),
};

/** Errors that every route can answer, and those that come with what it takes. */
function errorsOf(route: Route): Record<number, string> {
  const { params, body, readsBody, conditional, repeatable, errors } = route;
  return {
    400: "A parameter or the body is wrong; `details` names each.",
    401: "There is no valid token.",
    403: "The caller may not do that.",
    ...(params && !readsBody ? { 404: "There is no such thing, or you may not see it." } : {}),
    ...(body ? { 413: "The body is too large.", 415: "The body is not application/json." } : {}),
    ...(conditional ? { 412: "`If-Match` or `If-None-Match` does not hold." } : {}),
    ...(repeatable
      ? { 412: "`Repeatability-First-Sent` is more than 24 hours ago." }
      : { 501: "The request cannot be made repeatable." }),
    429: "Too many requests of this partner.",
    500: "Something failed on our side.",
    ...errors,
  };
}

const json = (schema: z.ZodType) => ({ "application/json": { schema } });

const answerOf = ({ description, body, headers = [] }: AnswerShape, { repeatable }: Route) => ({
  description,
  headers: {
    ...always,
    ...(repeatable ? repeated : {}),
    ...Object.fromEntries(headers.map((name) => [name, HEADERS[name]])),
  },
  ...(body ? { content: json(body) } : {}),
});

const errorAnswer = (status: string, description: string) => ({
  description,
  headers: {
    ...always,
    "x-ms-error-code": text("The error's `code`."),
    ...(status === "429" ? { "Retry-After": HEADERS["Retry-After"] } : {}),
    ...repeated,
  },
  content: json(errorSchema),
});

const version = z.object({
  "api-version": z.enum(apiVersions).meta({ description: "Version of this API." }),
});

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { name, tag, summary, description, params, query, body } = route;
  const preconditions = z.object({
    "If-Match": z.string().optional().meta({ description: "ETag that it must have; `*`: any." }),
    "If-None-Match": z.string().optional().meta({ description: "`*`: there must be none." }),
  });
  return {
    operationId: name,
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    requestParams: {
      ...(params ? { path: params } : {}),
      query: version.extend(query?.shape ?? {}),
      ...(route.conditional ? { header: preconditions } : {}),
      ...(route.repeatable ? { header: repeatability } : {}),
    },
    ...(body ? { requestBody: { required: true, content: json(body) } } : {}),
    responses: Object.fromEntries([
      ...Object.entries(route.answers).map(([status, shape]) => [status, answerOf(shape, route)]),
      ...Object.entries(errorsOf(route)).map(([status, when]) => [
        status,
        errorAnswer(status, when),
      ]),
    ]),
  };
}

function pathsOf(routes: readonly Route[]) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const path = `/${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return paths;
}

export const openApiDocument = (routes: readonly Route[] = allRoutes) =>
  createDocument({
    openapi: "3.1.1",
    info: {
      title: "VM restore points",
      version: newest,
      description: "Protects Azure VMs with VM restore points.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api" }],
    security: [{ entraId: [] }],
    paths: pathsOf(routes),
    components: {
      securitySchemes: {
        entraId: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "An access token of Entra ID for this API.",
        },
      },
    },
  });
