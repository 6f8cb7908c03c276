/** Makes blobs and their snapshots again, from the lines that `save-bytes.ts` gives. */
import type { PageBlobs } from "./page-blobs.ts";
import type { BytesLine } from "./save-bytes.ts";

export class BytesLoader {
  readonly #blobs: PageBlobs;
  /** What snapshots are called here, by blob and by what they were called there. */
  readonly #snapshots = new Map<string, string>();
  #blob = "";
  #sizeInBytes: number | undefined;

  constructor(blobs: PageBlobs) {
    this.#blobs = blobs;
  }

  /** None of the blobs must be there before the first line. */
  async load(line: BytesLine): Promise<void> {
    if ("blob" in line) await this.#size(line.blob, line.sizeInBytes);
    else if ("clear" in line) {
      for (const [start, end] of line.clear) await this.#blobs.clear(this.#blob, { start, end });
    } else if ("snapshot" in line) {
      const made = await this.#blobs.snapshot(this.#blob);
      this.#snapshots.set(keyOf(this.#blob, line.snapshot), made);
    } else {
      await this.#blobs.write(this.#blob, line.offset, Buffer.from(line.base64, "base64"));
    }
  }

  snapshotOf(blob: string, before: string): string | undefined {
    return this.#snapshots.get(keyOf(blob, before));
  }

  async #size(blob: string, sizeInBytes: number): Promise<void> {
    if (blob !== this.#blob) await this.#blobs.make(blob, sizeInBytes);
    else if (sizeInBytes !== this.#sizeInBytes) await this.#blobs.resize(blob, sizeInBytes);
    this.#blob = blob;
    this.#sizeInBytes = sizeInBytes;
  }
}

const keyOf = (blob: string, snapshot: string): string => `${blob} ${snapshot}`;
