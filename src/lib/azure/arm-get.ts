/** A plain GET of a URL that ARM gave, through the client's own pipeline, which adds our token to any https address. */
import {
  createPipelineRequest,
  type HttpClient,
  type Pipeline,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";

/** Whether it is ARM's. Asked before every GET, since it carries our token. */
export const isOn = (endpoint: string, url: string): boolean =>
  URL.parse(url)?.origin === new URL(endpoint).origin;

export const getFrom = (
  pipeline: Pipeline,
  http: HttpClient,
  url: string,
  abortSignal: AbortSignal,
): Promise<PipelineResponse> =>
  pipeline.sendRequest(http, createPipelineRequest({ url, method: "GET", abortSignal }));

/** Undefined without one. An error of the parser would quote the body, which can hold a SAS. */
export function bodyOf({ bodyAsText }: Pick<PipelineResponse, "bodyAsText">): unknown {
  if (!bodyAsText) return undefined;
  try {
    return JSON.parse(bodyAsText);
  } catch {
    return "unreadable";
  }
}
