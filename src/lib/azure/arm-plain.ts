/**
 * Requests for what the Compute client does not know: networks, resource groups and permissions. They go through its
 * pipeline, so that token, time-out and user agent are the same. A client library of networks alone would be most of the
 * bundle, and every cold start would load it for four requests.
 */

import type { PipelineResponse } from "@azure/core-rest-pipeline";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import type * as z from "zod";
import type { ArmFailure } from "../operations/arm.ts";
import type { ArmClient } from "./arm-client.ts";
import { failureIn } from "./arm-failure.ts";
import { bodyOf } from "./arm-get.ts";

export interface PlainRequest {
  readonly method: "GET" | "PUT" | "DELETE";
  /** On the configured ARM endpoint. */
  readonly url: string;
  readonly body?: object;
}

/** Api-versions by provider: ones that every region has. */
const VERSIONS = {
  network: "2024-05-01",
  resources: "2021-04-01",
  authorization: "2022-04-01",
};

/** Throws for a path that a URL reads otherwise than it is written: `..` or `?` would lead to another resource. */
export function urlOf(
  { options: { endpoint } }: ArmClient,
  path: string,
  provider: keyof typeof VERSIONS,
): string {
  const url = new URL(path, endpoint);
  if (decodeURI(url.pathname) !== path || url.origin !== new URL(endpoint).origin)
    throw new Error(`Not the path of a resource: ${path}`);
  url.searchParams.set("api-version", VERSIONS[provider]);
  return url.href;
}

/** One request. */
export async function send<T>(
  arm: ArmClient,
  { method, url, body }: PlainRequest,
  read: (response: PipelineResponse) => T,
): Promise<T | ArmFailure> {
  const { pipeline } = arm.for("plain");
  const content =
    body === undefined
      ? {}
      : {
          body: JSON.stringify(body),
          headers: createHttpHeaders({ "content-type": "application/json" }),
        };
  return await arm.request(
    ({ abortSignal }) =>
      pipeline.sendRequest(
        arm.http,
        createPipelineRequest({ url, method, abortSignal, ...content }),
      ),
    (response) => (response.status >= 400 ? failureIn(response) : read(response)),
  );
}

/** An answer of another shape is as good as none: unsettled. */
export const get = <Schema extends z.ZodType, T>(
  arm: ArmClient,
  url: string,
  schema: Schema,
  read: (answer: z.output<Schema>) => T,
): Promise<T | ArmFailure> =>
  send(arm, { method: "GET", url }, (response) => {
    const parsed = schema.safeParse(bodyOf(response));
    return parsed.success ? read(parsed.data) : failureIn(response);
  });
