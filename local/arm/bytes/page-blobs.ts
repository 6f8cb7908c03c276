/** The page blobs that hold bytes: sparse, made when they are first written to, in an account of the emulator's own. */
import type { BlobServiceClient, ContainerClient, PageBlobClient } from "@azure/storage-blob";
import type { Range } from "./ranges.ts";

const CONTAINER = "disks";
export const PAGE = 512;
const LARGEST_WRITE = 4 * 1024 ** 2;

/** A blob, or a snapshot of it. */
export interface BlobAt {
  readonly blob: string;
  readonly snapshot?: string | undefined;
}

interface SnapshotAt extends BlobAt {
  readonly snapshot: string;
}

export class PageBlobs {
  readonly #container: ContainerClient;
  /** Those that there are, or that are being made. */
  readonly #known = new Map<string, Promise<unknown>>();

  constructor(service: BlobServiceClient) {
    this.#container = service.getContainerClient(CONTAINER);
  }

  /** Learns which there are. */
  async open(): Promise<void> {
    await this.#container.createIfNotExists();
    for await (const { name } of this.#container.listBlobsFlat()) {
      this.#known.set(name, Promise.resolve());
    }
  }

  get names(): string[] {
    return [...this.#known.keys()];
  }

  async exists(blob: string): Promise<boolean> {
    const known = this.#known.get(blob);
    await known;
    return known !== undefined;
  }

  async make(blob: string, sizeInBytes: number): Promise<void> {
    await (this.#known.get(blob) ??
      this.#making(blob, this.#client({ blob }).create(blobSizeOf(sizeInBytes))));
  }

  /** By reference: it costs no time for the size. Leaves nothing when it fails. */
  async copy(from: BlobAt, to: string, sizeInBytes: number): Promise<void> {
    try {
      await this.#making(to, this.#copyApart(from, to));
      await this.resize(to, sizeInBytes);
    } catch (error) {
      this.#known.delete(to);
      await this.#client({ blob: to }).deleteIfExists({ deleteSnapshots: "include" });
      throw error;
    }
  }

  async write(blob: string, offset: number, data: Buffer): Promise<void> {
    const client = this.#client({ blob });
    for (let at = 0; at < data.length; at += LARGEST_WRITE) {
      const piece = data.subarray(at, at + LARGEST_WRITE);
      await client.uploadPages(piece, offset + at, piece.length);
    }
  }

  async clear(blob: string, { start, end }: Range): Promise<void> {
    await this.#client({ blob }).clearPages(start, end - start);
  }

  async read(at: BlobAt, offset: number, count: number): Promise<Buffer> {
    return await this.#client(at).downloadToBuffer(offset, count);
  }

  async ranges(at: BlobAt): Promise<Range[]> {
    const { pageRange = [] } = await this.#client(at).getPageRanges();
    // The SDK subtracts the first byte from the last, which is one byte short.
    return pageRange.map(({ offset, count = 0 }) => ({ start: offset, end: offset + count + 1 }));
  }

  async resize(blob: string, sizeInBytes: number): Promise<void> {
    await this.#client({ blob }).resize(blobSizeOf(sizeInBytes));
  }

  async snapshot(blob: string): Promise<string> {
    const { snapshot } = await this.#client({ blob }).createSnapshot();
    if (snapshot === undefined) throw new Error("The storage account gave no snapshot.");
    return snapshot;
  }

  /** Of all blobs. */
  async snapshots(): Promise<SnapshotAt[]> {
    const found: SnapshotAt[] = [];
    for await (const { name, snapshot } of this.#container.listBlobsFlat({
      includeSnapshots: true,
    })) {
      if (snapshot) found.push({ blob: name, snapshot });
    }
    return found;
  }

  async deleteSnapshot(at: BlobAt): Promise<void> {
    await this.#client(at).deleteIfExists();
  }

  /** With its snapshots. */
  async delete(blob: string): Promise<void> {
    if (!(await this.exists(blob))) return;
    this.#known.delete(blob);
    await this.#client({ blob }).deleteIfExists({ deleteSnapshots: "include" });
  }

  /** In Azurite, writes to a blob show in what it was copied from; but not when that was a snapshot that is gone. */
  async #copyApart(from: BlobAt, to: string): Promise<void> {
    await this.#copyOver(from, to);
    const own = { blob: to, snapshot: await this.snapshot(to) };
    await this.#copyOver(own, to);
    await this.deleteSnapshot(own);
  }

  /** Within an account a copy needs no SAS; with one, Azurite calls itself, and does not trust its certificate. */
  async #copyOver(from: BlobAt, to: string): Promise<void> {
    const source = this.#client(from).url;
    const poller = await this.#client({ blob: to }).beginCopyFromURL(source, { intervalInMs: 10 });
    await poller.pollUntilDone();
  }

  async #making(blob: string, made: Promise<unknown>): Promise<void> {
    const making = made.catch((error: unknown) => {
      this.#known.delete(blob);
      throw error;
    });
    this.#known.set(blob, making);
    await making;
  }

  #client({ blob, snapshot }: BlobAt): PageBlobClient {
    const client = this.#container.getPageBlobClient(blob);
    return snapshot === undefined ? client : client.withSnapshot(snapshot);
  }
}

/** One page more, for the footer of a VHD that is uploaded. */
const blobSizeOf = (sizeInBytes: number): number => Math.ceil(sizeInBytes / PAGE) * PAGE + PAGE;
