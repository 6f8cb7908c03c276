/** The port to ARM on the official Compute client: each method is one request. */
import type { RestorePoint } from "@azure/arm-compute";
import { type VmKey, vmNameOf } from "../fleet/vm-key.ts";
import type {
  AccessRequest,
  Arm,
  CollectionRequest,
  CopyRequest,
  RestorePointRequest,
} from "../operations/arm.ts";
import { accepted, acceptedOrDone } from "./arm-accepted.ts";
import { accessAt, beginAccess, endAccess } from "./arm-access.ts";
import { lookAt } from "./arm-look.ts";
import { pageOf } from "./arm-page.ts";
import {
  collectionReadingOf,
  replicationOf,
  restorePointReadingOf,
  virtualMachineOf,
} from "./arm-readings.ts";
import { AzureArmResources } from "./azure-arm-resources.ts";
import { OWNER_TAG } from "./owner-tag.ts";

export class AzureArm extends AzureArmResources implements Arm {
  async getVirtualMachine(vm: VmKey) {
    const { subscriptionId, resourceGroup, name } = vmNameOf(vm);
    const { virtualMachines } = this.arm.for(subscriptionId);
    return await this.arm.request(
      (options) => virtualMachines.get(resourceGroup, name, options),
      (model) => ({ kind: "found" as const, vm: virtualMachineOf(model) }),
    );
  }

  async getDiskShares(diskId: string) {
    const { client, resourceGroup, name } = this.arm.addressed(diskId);
    return await this.arm.request(
      (options) => client.disks.get(resourceGroup, name, options),
      ({ maxShares = 1 }) => ({ kind: "found" as const, maxShares }),
    );
  }

  async putRestorePointCollection({ id, location, sourceId }: CollectionRequest) {
    const { client, resourceGroup, name } = this.arm.addressed(id);
    const collection = { location, source: { id: sourceId }, tags: OWNER_TAG };
    const { restorePointCollections } = client;
    return await this.arm.request(
      (options) => restorePointCollections.createOrUpdate(resourceGroup, name, collection, options),
      () => ({ kind: "done" as const }),
    );
  }

  putRestorePoint({ id, consistencyMode, excludeDiskIds }: RestorePointRequest) {
    const excludeDisks = excludeDiskIds.map((diskId) => ({ id: diskId }));
    return this.#put(id, {
      ...(consistencyMode === undefined ? {} : { consistencyMode }),
      ...(excludeDisks.length === 0 ? {} : { excludeDisks }),
    });
  }

  copyRestorePoint({ id, sourceRestorePointId }: CopyRequest) {
    return this.#put(id, { sourceRestorePoint: { id: sourceRestorePointId } });
  }

  async deleteRestorePoint(id: string) {
    const { client, resourceGroup, name, child } = this.arm.addressed(id);
    return await this.arm.request(
      (options) => client.restorePoints.delete(resourceGroup, name, child, options).submitted(),
      (_, response) => acceptedOrDone(response),
    );
  }

  async deleteRestorePointCollection(id: string) {
    const { client, resourceGroup, name } = this.arm.addressed(id);
    return await this.arm.request(
      (options) => client.restorePointCollections.delete(resourceGroup, name, options).submitted(),
      (_, response) => acceptedOrDone(response),
    );
  }

  async getRestorePoint(id: string) {
    const { client, resourceGroup, name, child } = this.arm.addressed(id);
    return await this.arm.request(
      (options) => client.restorePoints.get(resourceGroup, name, child, options),
      (model) => ({ kind: "found" as const, restorePoint: restorePointReadingOf(model) }),
    );
  }

  async getReplication(id: string) {
    const { client, resourceGroup, name, child } = this.arm.addressed(id);
    return await this.arm.request(
      (options) =>
        client.restorePoints.get(resourceGroup, name, child, {
          ...options,
          expand: "instanceView",
        }),
      (model) => ({
        kind: "found" as const,
        restorePoint: restorePointReadingOf(model),
        replication: replicationOf(model),
      }),
    );
  }

  async listVirtualMachines(subscriptionId: string, continuation?: string) {
    const { virtualMachines } = this.arm.for(subscriptionId);
    const page = await pageOf(
      this.arm,
      (options) => virtualMachines.listAll(options),
      continuation,
    );
    if (page.kind !== "page") return page;
    const { items, ...rest } = page;
    return { ...rest, vms: items.map(virtualMachineOf) };
  }

  async listRestorePointCollections(subscriptionId: string, continuation?: string) {
    const { restorePointCollections } = this.arm.for(subscriptionId);
    const page = await pageOf(
      this.arm,
      (options) => restorePointCollections.listAll(options),
      continuation,
    );
    if (page.kind !== "page") return page;
    const { items, ...rest } = page;
    return { ...rest, collections: items.map(collectionReadingOf) };
  }

  async getRestorePointCollection(id: string) {
    const { client, resourceGroup, name } = this.arm.addressed(id);
    return await this.arm.request(
      (options) =>
        client.restorePointCollections.get(resourceGroup, name, {
          ...options,
          expand: "restorePoints",
        }),
      (model) => ({
        kind: "found" as const,
        collection: {
          ...collectionReadingOf(model),
          restorePoints: (model.restorePoints ?? []).map(restorePointReadingOf),
        },
      }),
    );
  }

  beginGetAccess(request: AccessRequest) {
    return beginAccess(this.arm, request);
  }

  endGetAccess(id: string) {
    return endAccess(this.arm, id);
  }

  async getAccess(resultUrl: string) {
    const { endpoint } = this.arm.options;
    const client = this.arm.for("look");
    return await this.arm.request(
      ({ abortSignal }) => accessAt(client, this.arm.http, endpoint, resultUrl, abortSignal),
      (access) => access,
    );
  }

  async look(statusUrl: string) {
    const { endpoint } = this.arm.options;
    const client = this.arm.for("look");
    return await this.arm.request(
      ({ abortSignal }) => lookAt(client, this.arm.http, endpoint, statusUrl, abortSignal),
      (look) => look,
    );
  }

  async #put(id: string, body: RestorePoint) {
    const { client, resourceGroup, name, child } = this.arm.addressed(id);
    return await this.arm.request(
      // One request; polling would start only if the poller itself were awaited.
      (options) =>
        client.restorePoints.create(resourceGroup, name, child, body, options).submitted(),
      (_, response) => accepted(response),
    );
  }
}
