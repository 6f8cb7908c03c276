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

export class AzureArm implements Arm {
  readonly #options: AzureArmOptions;
  readonly #clients = new Map<string, ComputeManagementClient>();
  readonly #http = createDefaultHttpClient();

  constructor(options: AzureArmOptions) {
    this.#options = options;
  }

  getVirtualMachine(vm: VmKey) {
    return answer(async () => {
      const { subscriptionId, resourceGroup, name } = vmNameOf(vm);
      const { virtualMachines } = this.#clientFor(subscriptionId);
      const model = await virtualMachines.get(resourceGroup, name, this.#inTime());
      return { kind: "found" as const, vm: virtualMachineOf(model) };
    });
  }

  getDiskShares(diskId: string) {
    return answer(async () => {
      const { client, resourceGroup, name } = this.#addressed(diskId);
      const { maxShares = 1 } = await client.disks.get(resourceGroup, name, this.#inTime());
      return { kind: "found" as const, maxShares };
    });
  }

  putRestorePointCollection({ id, location, sourceVmId }: CollectionRequest) {
    return answer(async () => {
      const { client, resourceGroup, name } = this.#addressed(id);
      const collection = { location, source: { id: sourceVmId }, tags: COLLECTION_TAGS };
      const { restorePointCollections } = client;
      const options = this.#inTime();
      await restorePointCollections.createOrUpdate(resourceGroup, name, collection, options);
      return { kind: "done" as const };
    });
  }

  putRestorePoint(request: RestorePointRequest) {
    return answer(async () => {
      const { client, resourceGroup, name, child } = this.#addressed(request.id);
      let first: PipelineResponse | undefined;
      const onResponse = (response: PipelineResponse) => {
        first ??= response;
      };
      const options = { ...this.#inTime(), onResponse };
      const body = restorePointBody(request);
      const poller = client.restorePoints.create(resourceGroup, name, child, body, options);
      // One request; polling would start only if the poller itself were awaited.
      await poller.submitted();
      return accepted(first);
    });
  }

  getRestorePoint(id: string) {
    return answer(async () => {
      const { client, resourceGroup, name, child } = this.#addressed(id);
      const { restorePoints } = client;
      const model = await restorePoints.get(resourceGroup, name, child, this.#inTime());
      return { kind: "found" as const, restorePoint: restorePointReadingOf(model) };
    });
  }

  look(statusUrl: string) {
    const { abortSignal } = this.#inTime();
    const { endpoint } = this.#options;
    const client = this.#clientFor("look");
    return answer(() => lookAt(client, this.#http, endpoint, statusUrl, abortSignal));
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

  #inTime() {
    return { abortSignal: AbortSignal.timeout(this.#options.timeoutMs) };
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

async function answer<T extends { kind: string }>(ask: () => Promise<T>): Promise<T | ArmFailure> {
  try {
    return await ask();
  } catch (error) {
    return failureOf(error);
  }
}

function accepted(response: PipelineResponse | undefined) {
  const statusUrl = response?.headers.get("azure-asyncoperation");
  const retryAfterMs = response && retryAfterOf(response);
  return {
    kind: "accepted" as const,
    ...(statusUrl === undefined ? {} : { statusUrl }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
