/**
 * The bytes of disks: a blob for each disk that was ever written to, named after its uniqueId, and a snapshot of it for
 * each disk restore point. Clients reach them only through what ARM grants.
 */
import type { Changes } from "./changes.ts";
import { PAGE, type PageBlobs } from "./page-blobs.ts";
import { intersection, type Range, union } from "./ranges.ts";
import { WriteGate } from "./write-gate.ts";

/** Where the bytes of a disk, or of a disk restore point, are. */
export interface BytesAt {
  readonly blob: string;
  readonly snapshot?: string | undefined;
  readonly sizeInBytes: number;
}

export interface DiskIdentity {
  readonly uniqueId: string;
  readonly sizeInBytes: number;
}

export interface Captured {
  readonly epoch: number;
  /** Undefined when nothing was ever written. */
  readonly snapshot: string | undefined;
}

export class DiskBytes {
  readonly #blobs: PageBlobs;
  readonly #changes: Changes;
  readonly #gate = new WriteGate();

  constructor(blobs: PageBlobs, changes: Changes) {
    this.#blobs = blobs;
    this.#changes = changes;
  }

  /** Of a disk as it is now. */
  current({ uniqueId, sizeInBytes }: DiskIdentity): BytesAt {
    return { blob: uniqueId, sizeInBytes };
  }

  /**
   * Throws a RangeError unless `offset` and the length of `data` are whole pages of the disk. `demand` throws when it
   * must not be written any more by the time that its turn has come.
   */
  async write(
    disk: DiskIdentity,
    offset: number,
    data: Buffer,
    demand: () => unknown = () => undefined,
  ): Promise<void> {
    const { uniqueId, sizeInBytes } = disk;
    const range = pagesOf(disk, offset, data.length);
    if (data.length === 0) return;
    await this.#gate.write(async () => {
      demand();
      this.#changes.changed(uniqueId, [range]);
      await this.#blobs.make(uniqueId, sizeInBytes);
      await this.#blobs.write(uniqueId, offset, data);
    });
  }

  /** As `write`. */
  async clear(
    disk: DiskIdentity,
    offset: number,
    count: number,
    demand: () => unknown = () => undefined,
  ): Promise<void> {
    const { uniqueId } = disk;
    const range = pagesOf(disk, offset, count);
    if (count === 0) return;
    await this.#gate.write(async () => {
      demand();
      if (!(await this.#blobs.exists(uniqueId))) return;
      this.#changes.changed(uniqueId, [range]);
      await this.#blobs.clear(uniqueId, range);
    });
  }

  /** What was never written reads as zeros. */
  async read(at: BytesAt, offset: number, count: number): Promise<Buffer> {
    if (count <= 0) return Buffer.alloc(0);
    if (!(await this.#blobs.exists(at.blob))) return Buffer.alloc(count);
    return await this.#blobs.read(at, offset, count);
  }

  /** What was written and not cleared. */
  async ranges(at: BytesAt): Promise<Range[]> {
    if (!(await this.#blobs.exists(at.blob))) return [];
    const written = await this.#blobs.ranges(at);
    return intersection(union(written), [{ start: 0, end: at.sizeInBytes }]);
  }

  /** All of them at one instant: no write is under way meanwhile. */
  async capture(disks: readonly DiskIdentity[]): Promise<Captured[]> {
    return await this.#gate.exclusive(async () => {
      const taken = await Promise.allSettled(disks.map((disk) => this.#snapshot(disk)));
      const made = taken.map((each) => (each.status === "fulfilled" ? each.value : undefined));
      const failed = taken.find((each) => each.status === "rejected");
      if (failed === undefined) {
        return made.map((snapshot, index) => ({
          epoch: this.#changes.close(disks[index]?.uniqueId ?? ""),
          snapshot,
        }));
      }
      const undone = made.flatMap((snapshot, index) =>
        snapshot ? [{ blob: disks[index]?.uniqueId ?? "", snapshot }] : [],
      );
      await Promise.allSettled(undone.map((each) => this.#blobs.deleteSnapshot(each)));
      throw failed.reason;
    });
  }

  /** While it runs nothing is written, and no restore point taken. */
  async still<T>(run: () => Promise<T>): Promise<T> {
    return await this.#gate.exclusive(run);
  }

  /** Gives a new disk exactly these bytes. */
  async copy(from: BytesAt, { uniqueId, sizeInBytes }: DiskIdentity): Promise<void> {
    if (!(await this.#blobs.exists(from.blob))) return;
    await this.#gate.exclusive(async () => {
      this.#changes.changed(uniqueId, await this.ranges(from));
      await this.#blobs.copy(from, uniqueId, sizeInBytes);
      if (sizeInBytes > from.sizeInBytes) await this.#clearFooter(uniqueId, from.sizeInBytes);
    });
  }

  /** A disk only grows. */
  async resize(disk: DiskIdentity, sizeInBytes: number): Promise<void> {
    const { uniqueId } = disk;
    if (!(await this.#blobs.exists(uniqueId))) return;
    await this.#blobs.resize(uniqueId, sizeInBytes);
    if (sizeInBytes > disk.sizeInBytes) await this.#clearFooter(uniqueId, disk.sizeInBytes);
  }

  /** Its blob stays as long as there are snapshots of it; and until what is being written to it is written. */
  async diskDeleted(uniqueId: string): Promise<void> {
    await this.#gate.exclusive(async () => {
      if (!this.#changes.hasPoints(uniqueId)) await this.#drop(uniqueId);
    });
  }

  /** `diskIsThere`: whether the disk itself still needs the blob. */
  async pointDeleted(
    { uniqueId, epoch, snapshot }: { readonly uniqueId: string } & Captured,
    diskIsThere: boolean,
  ): Promise<void> {
    this.#changes.forget(uniqueId, epoch);
    if (!diskIsThere && !this.#changes.hasPoints(uniqueId)) await this.diskDeleted(uniqueId);
    else if (snapshot) await this.#blobs.deleteSnapshot({ blob: uniqueId, snapshot });
  }

  /** Deletes what a kill left behind. */
  async keepOnly(needed: ReadonlySet<string>): Promise<void> {
    const unneeded = this.#blobs.names.filter((name) => !needed.has(name));
    await Promise.all(unneeded.map((name) => this.#drop(name)));
  }

  async #snapshot({ uniqueId }: DiskIdentity): Promise<string | undefined> {
    return (await this.#blobs.exists(uniqueId)) ? await this.#blobs.snapshot(uniqueId) : undefined;
  }

  /** Of a VHD that was uploaded: behind the disk as it was, within it when it has grown. */
  async #clearFooter(uniqueId: string, start: number): Promise<void> {
    await this.#blobs.clear(uniqueId, { start, end: start + PAGE });
  }

  async #drop(uniqueId: string): Promise<void> {
    this.#changes.drop(uniqueId);
    await this.#blobs.delete(uniqueId);
  }
}

function pagesOf({ sizeInBytes }: DiskIdentity, start: number, count: number): Range {
  const end = start + count;
  if (start >= 0 && count >= 0 && end <= sizeInBytes && start % PAGE === 0 && end % PAGE === 0) {
    return { start, end };
  }
  throw new RangeError(
    `${count} bytes at ${start} are not whole pages of ${PAGE} bytes of a disk of ${sizeInBytes} bytes.`,
  );
}
