/**
 * The official Compute client, one for each subscription, and one request at a time on it. Its own retries are off,
 * because they sleep for as long as Retry-After says; its pollers are not used, because a look must be one request
 * whose failure is a value.
 */
import { ComputeManagementClient } from "@azure/arm-compute";
import type { TokenCredential } from "@azure/core-auth";
import { createDefaultHttpClient, type PipelineResponse } from "@azure/core-rest-pipeline";
import { parseResourceId } from "../fleet/resource-id.ts";
import type { ArmFailure } from "../operations/arm.ts";
import { failureOf } from "./arm-failure.ts";
import { type WatchArm, watchPolicy } from "./arm-watch.ts";

export interface AzureArmOptions {
  /** Only this address ever gets our token. */
  readonly endpoint: string;
  /** The token's audience, which does not follow the endpoint. */
  readonly audience: string;
  readonly credential: TokenCredential;
  /** A request that has no answer by then is given up, and its outcome unknown. */
  readonly timeoutMs: number;
  /** Is told of every request. */
  readonly watch?: WatchArm;
}

export interface RequestOptions {
  readonly abortSignal: AbortSignal;
  readonly onResponse: (response: PipelineResponse) => void;
}

export class ArmClient {
  readonly options: AzureArmOptions;
  /** For requests through a client's pipeline that are none of its own. */
  readonly http = createDefaultHttpClient();
  readonly #clients = new Map<string, ComputeManagementClient>();

  constructor(options: AzureArmOptions) {
    this.options = options;
  }

  /** The client's errors lack the body of ARM's answer, so the answer itself is kept. */
  async request<Model, T>(
    ask: (options: RequestOptions) => Promise<Model>,
    read: (model: Model, response: PipelineResponse | undefined) => T,
  ): Promise<T | ArmFailure> {
    let response: PipelineResponse | undefined;
    const onResponse = (received: PipelineResponse) => {
      response = received;
    };
    const abortSignal = AbortSignal.timeout(this.options.timeoutMs);
    try {
      return read(await ask({ abortSignal, onResponse }), response);
    } catch (error) {
      return failureOf(error, response);
    }
  }

  for(subscriptionId: string): ComputeManagementClient {
    const existing = this.#clients.get(subscriptionId);
    if (existing) return existing;
    const { credential, endpoint, audience, watch } = this.options;
    const client = new ComputeManagementClient(credential, subscriptionId, {
      endpoint,
      credentials: { scopes: [`${audience.replace(/\/$/, "")}/.default`] },
      retryOptions: { maxRetries: 0 },
      ...(watch
        ? { additionalPolicies: [{ policy: watchPolicy(watch), position: "perCall" as const }] }
        : {}),
    });
    this.#clients.set(subscriptionId, client);
    return client;
  }

  /** The client and the names that an id of a resource in a resource group stands for. */
  addressed(id: string) {
    const parsed = parseResourceId(id);
    if (parsed === undefined) throw new Error(`Not the id of a resource: ${id}`);
    const [name = "", child = "", grandchild = ""] = parsed.names;
    const client = this.for(parsed.subscriptionId);
    return { client, resourceGroup: parsed.resourceGroup, name, child, grandchild };
  }
}
