/**
 * The bytes of disks: a sparse page blob for each disk, and a snapshot of it for each disk restore point. The account
 * is the emulator's own; clients reach bytes only through what ARM grants them.
 */
import { randomUUID } from "node:crypto";
import type { BlobServiceClient, PageBlobClient } from "@azure/storage-blob";

const CONTAINER = "disks";
const GIB = 1024 ** 3;

/** Where the bytes of a disk, or of a disk restore point, are. */
export interface DiskBlob {
  readonly blob: string;
  readonly snapshot?: string;
}

export class DiskBytes {
  readonly #service: BlobServiceClient;
  #container: Promise<unknown> | undefined;

  constructor(service: BlobServiceClient) {
    this.#service = service;
  }

  async create(sizeInGB: number): Promise<DiskBlob> {
    const container = this.#service.getContainerClient(CONTAINER);
    this.#container ??= container.createIfNotExists();
    await this.#container;
    const blob = randomUUID();
    await container.getPageBlobClient(blob).create(sizeInGB * GIB);
    return { blob };
  }

  async resize({ blob }: DiskBlob, sizeInGB: number): Promise<void> {
    await this.client({ blob }).resize(sizeInGB * GIB);
  }

  /** The bytes as they are now; writes that follow do not change them. */
  async snapshot({ blob }: DiskBlob): Promise<DiskBlob> {
    const { snapshot } = await this.client({ blob }).createSnapshot();
    if (snapshot === undefined) throw new Error("The storage account gave no snapshot.");
    return { blob, snapshot };
  }

  /** Of a disk, together with its snapshots. */
  async delete({ blob, snapshot }: DiskBlob): Promise<void> {
    const client = this.client({ blob, ...(snapshot === undefined ? {} : { snapshot }) });
    await client.deleteIfExists(snapshot === undefined ? { deleteSnapshots: "include" } : {});
  }

  client({ blob, snapshot }: DiskBlob): PageBlobClient {
    const client = this.#service.getContainerClient(CONTAINER).getPageBlobClient(blob);
    return snapshot === undefined ? client : client.withSnapshot(snapshot);
  }
}
