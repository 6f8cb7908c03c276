/** The OpenAPI 3.1 document of the HTTP API, made from its routes. */
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject } from "zod-openapi";
import { MOST_BODY_BYTES } from "../src/lib/api/limits.ts";
import type { Route } from "../src/lib/api/route.ts";
import { MOST_ON_A_PAGE } from "../src/lib/api/shapes/page.ts";
import { apiVersions } from "../src/names.ts";
import { allRoutes } from "./all-routes.ts";
import { answersOf, generalAnswers } from "./openapi/answers.ts";
import { finish } from "./openapi/finish.ts";
import { answerHeaders } from "./openapi/headers.ts";
import { requestHeadersOf } from "./openapi/request-headers.ts";
import { tags } from "./openapi/tags.ts";

const [newest] = apiVersions;

const DESCRIPTION = `Protects Azure VMs with VM restore points.

Every request needs an access token of Entra ID, and \`api-version\`. What a caller may not see answers as what does not exist.

- A body is JSON of at most ${MOST_BODY_BYTES / 1024} KiB.
- A list has at most ${MOST_ON_A_PAGE} things on a page, and a \`nextLink\` as long as there is more.
- What takes its time answers 202 with \`Operation-Location\`, where its \`status\` is read until it is \`Succeeded\`, \`Failed\` or \`Canceled\`.
- An error has its \`code\` in \`x-ms-error-code\` too.`;

const version = z.object({
  "api-version": z.enum(apiVersions).meta({ description: "Version of this API." }),
});

const entraId = {
  type: "http" as const,
  scheme: "bearer",
  bearerFormat: "JWT",
  description:
    "An access token of Entra ID for this API. Who issues it, and for which audience, is set where the app is deployed.",
};

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { name, tag, summary, description, params, query, body } = route;
  return {
    operationId: name,
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    requestParams: {
      ...(params ? { path: params } : {}),
      query: version.extend(query?.shape ?? {}),
      header: requestHeadersOf(route),
    },
    ...(body
      ? { requestBody: { required: true, content: { "application/json": { schema: body } } } }
      : {}),
    responses: answersOf(route),
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
  finish(
    createDocument({
      openapi: "3.1.1",
      info: {
        title: "VM restore points",
        version: newest,
        description: DESCRIPTION,
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: "/api", description: "The app that this document was read from." }],
      security: [{ entraId: [] }],
      tags,
      paths: pathsOf(routes),
      components: {
        headers: answerHeaders,
        responses: generalAnswers,
        securitySchemes: { entraId },
      },
    }),
  );
