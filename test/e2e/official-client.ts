/**
 * A client of the API as Microsoft's generators make them, with nothing that this API would need of its own: the pipeline
 * of `@azure-rest/core-client`, which refuses to send a token without TLS, and the poller of `@azure/core-lro`.
 */

import { createHttpPoller, type OperationResponse, type OperationState } from "@azure/core-lro";
import {
  type Client,
  createRestError,
  getClient,
  type HttpResponse,
  type RequestParameters,
} from "@azure-rest/core-client";
import type { Stack } from "../../local/stack/start-stack.ts";
import { createTokens } from "../../local/stack/tokens.ts";
import { apiVersions } from "../../src/names.ts";

export function officialClient(
  { identity }: Pick<Stack, "identity">,
  endpoint: string,
  caller: string,
): Client {
  const tokens = createTokens(identity);
  const getToken = async () => ({
    token: await tokens.get(caller, identity.audience),
    expiresOnTimestamp: Date.now() + 3_000_000,
  });
  return getClient(
    `${endpoint}/api`,
    { getToken },
    {
      apiVersion: apiVersions[0],
      credentials: { scopes: [`${identity.audience}/.default`] },
    },
  );
}

/** Sends it, polls to the end, and gives what the client then has in hand. Throws what the poller throws. */
export async function toItsEnd(
  client: Client,
  method: "post" | "delete",
  path: string,
  request: RequestParameters = {},
): Promise<unknown> {
  const poller = createHttpPoller<HttpResponse, OperationState<HttpResponse>>({
    sendInitialRequest: async () => responseOf(await client.pathUnchecked(path)[method](request)),
    sendPollRequest: async (url) => responseOf(await client.pathUnchecked(url).get()),
  });
  return (await poller.pollUntilDone()).body;
}

/** As in the code that is generated for each service. */
function responseOf(response: HttpResponse): OperationResponse<HttpResponse> {
  const statusCode = Number.parseInt(response.status, 10);
  if (statusCode >= 400) throw createRestError(response);
  return { flatResponse: response, rawResponse: { ...response, statusCode } };
}
