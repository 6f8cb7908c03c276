/**
 * The port to ARM on the official Compute client. Its own retries are off, because they sleep for as long as
 * Retry-After says; its pollers are not used, because a look must be one request whose failure is a value.
 */
import { ComputeManagementClient, type RestorePoint } from "@azure/arm-compute";
import type { TokenCredential } from "@azure/core-auth";
import { createDefaultHttpClient, type PipelineResponse } from "@azure/core-rest-pipeline";
import { parseResourceId } from "../fleet/resource-id.ts";
import { type VmKey, vmNameOf } from "../fleet/vm-key.ts";
import type { Arm, ArmFailure, CollectionRequest, RestorePointRequest } from "../operations/arm.ts";
import { failureOf, retryAfterOf } from "./arm-failure.ts";
import { lookAt } from "./arm-look.ts";
import { restorePointReadingOf, virtualMachineOf } from "./arm-readings.ts";

export interface AzureArmOptions {
  /** Only this address ever gets our token. */
  readonly endpoint: string;
  /** The token's audience, which does not follow the endpoint. */
  readonly audience: string;
  readonly credential: TokenCredential;
  /** A request that has no answer by then is given up, and its outcome unknown. */
  readonly timeoutMs: number;
}

interface RequestOptions {
  readonly abortSignal: AbortSignal;
  readonly onResponse: (response: PipelineResponse) => void;
}

export class AzureArm implements Arm {
  readonly #options: AzureArmOptions;
  readonly #clients = new Map<string, ComputeManagementClient>();
  readonly #http = createDefaultHttpClient();

  constructor(options: AzureArmOptions) {
    this.#options = options;
  }

  async getVirtualMachine(vm: VmKey) {
    const { subscriptionId, resourceGroup, name } = vmNameOf(vm);
    const { virtualMachines } = this.#clientFor(subscriptionId);
    return await this.#request(
      (options) => virtualMachines.get(resourceGroup, name, options),
      (model) => ({ kind: "found" as const, vm: virtualMachineOf(model) }),
    );
  }

  async getDiskShares(diskId: string) {
    const { client, resourceGroup, name } = this.#addressed(diskId);
    return await this.#request(
      (options) => client.disks.get(resourceGroup, name, options),
      ({ maxShares = 1 }) => ({ kind: "found" as const, maxShares }),
    );
  }

  async putRestorePointCollection({ id, location, sourceVmId }: CollectionRequest) {
    const { client, resourceGroup, name } = this.#addressed(id);
    const collection = { location, source: { id: sourceVmId }, tags: COLLECTION_TAGS };
    const { restorePointCollections } = client;
    return await this.#request(
      (options) => restorePointCollections.createOrUpdate(resourceGroup, name, collection, options),
      () => ({ kind: "done" as const }),
    );
  }

  async putRestorePoint(request: RestorePointRequest) {
    const { client, resourceGroup, name, child } = this.#addressed(request.id);
    const body = restorePointBody(request);
    return await this.#request(
      // One request; polling would start only if the poller itself were awaited.
      (options) =>
        client.restorePoints.create(resourceGroup, name, child, body, options).submitted(),
      (_, response) => accepted(response),
    );
  }

  async getRestorePoint(id: string) {
    const { client, resourceGroup, name, child } = this.#addressed(id);
    return await this.#request(
      (options) => client.restorePoints.get(resourceGroup, name, child, options),
      (model) => ({ kind: "found" as const, restorePoint: restorePointReadingOf(model) }),
    );
  }

  async look(statusUrl: string) {
    const { endpoint } = this.#options;
    const client = this.#clientFor("look");
    return await this.#request(
      ({ abortSignal }) => lookAt(client, this.#http, endpoint, statusUrl, abortSignal),
      (look) => look,
    );
  }

  /** The client's errors lack the body of ARM's answer, so the answer itself is kept. */
  async #request<Model, T>(
    ask: (options: RequestOptions) => Promise<Model>,
    read: (model: Model, response: PipelineResponse | undefined) => T,
  ): Promise<T | ArmFailure> {
    let response: PipelineResponse | undefined;
    const onResponse = (received: PipelineResponse) => {
      response = received;
    };
    const abortSignal = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      return read(await ask({ abortSignal, onResponse }), response);
    } catch (error) {
      return failureOf(error, response);
    }
  }

  #clientFor(subscriptionId: string): ComputeManagementClient {
    const existing = this.#clients.get(subscriptionId);
    if (existing) return existing;
    const { credential, endpoint, audience } = this.#options;
    const client = new ComputeManagementClient(credential, subscriptionId, {
      endpoint,
      credentials: { scopes: [`${audience.replace(/\/$/, "")}/.default`] },
      retryOptions: { maxRetries: 0 },
    });
    this.#clients.set(subscriptionId, client);
    return client;
  }

  /** The client and the names that an id of a resource in a resource group stands for. */
  #addressed(id: string) {
    const parsed = parseResourceId(id);
    if (parsed === undefined) throw new Error(`Not the id of a resource: ${id}`);
    const [name = "", child = ""] = parsed.names;
    const client = this.#clientFor(parsed.subscriptionId);
    return { client, resourceGroup: parsed.resourceGroup, name, child };
  }
}

function restorePointBody({ consistencyMode, excludeDiskIds }: RestorePointRequest): RestorePoint {
  return {
    ...(consistencyMode === undefined ? {} : { consistencyMode }),
    ...(excludeDiskIds.length === 0 ? {} : { excludeDisks: excludeDiskIds.map((id) => ({ id })) }),
  };
}

/** Tells our collections from those of other products, which are never touched. */
const COLLECTION_TAGS = { "managed-by": "vm-restore-points" };

function accepted(response: PipelineResponse | undefined) {
  const statusUrl = response?.headers.get("azure-asyncoperation");
  const retryAfterMs = response && retryAfterOf(response);
  return {
    kind: "accepted" as const,
    ...(statusUrl === undefined ? {} : { statusUrl }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
