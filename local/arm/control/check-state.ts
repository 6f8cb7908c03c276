/** Reads a whole saved state without changing anything, and refuses it when any line is wrong. */
import { BlobServiceClient } from "@azure/storage-blob";
import type { BytesLine } from "../bytes/save-bytes.ts";
import { createEmulator } from "../create-emulator.ts";
import { AccessKey } from "../disk-endpoint/sas.ts";
import type { Emulator } from "../emulator.ts";
import { linesOf } from "../state/lines.ts";
import { ControlError } from "./control-error.ts";
import { checkRecords } from "./record-schemas.ts";
import { readStateLine, type StateLine } from "./state-line.ts";

/** Throws 400 with the number of the line. */
export function checkState(file: string): void {
  const check = new StateCheck();
  let number = 0;
  for (const text of linesOf(file)) {
    number += 1;
    try {
      check.line(text, number);
    } catch (error) {
      throw wrongLine(number, error instanceof Error ? error.message : String(error));
    }
  }
  try {
    check.end();
  } catch (error) {
    throw wrongLine(number, error instanceof Error ? error.message : String(error));
  }
}

function wrongLine(number: number, message: string): ControlError {
  const target = `line ${number}`;
  return new ControlError(400, "InvalidState", `${target}: ${message}`, target);
}

class StateCheck {
  /** Takes the lines, and is thrown away. Its storage is never asked. */
  readonly #emulator: Emulator = createEmulator({
    disks: new BlobServiceClient("https://localhost"),
    accessKey: new AccessKey(),
  });
  readonly #bytes = new BytesCheck();
  #ended = false;

  line(text: string, number: number): void {
    const line = readStateLine(text);
    if (line === undefined) throw new Error("is no line of a saved state.");
    if (this.#ended) throw new Error("follows the last line.");
    if ((line.kind === "first") !== (number === 1))
      throw new Error("a saved state begins with the line that says what it is.");
    this.#take(line, number);
  }

  end(): void {
    if (!this.#ended) throw new Error("the saved state is cut off here.");
    for (const { id, disks } of this.#emulator.state.restorePoints.all()) {
      for (const { source, snapshot } of disks) {
        if (snapshot === undefined || this.#bytes.has(source.uniqueId, snapshot)) continue;
        throw new Error(`the bytes of ${id} are missing.`);
      }
    }
  }

  #take(line: StateLine, number: number): void {
    if (line.kind === "journal") {
      checkRecords(JSON.parse(line.text));
      this.#emulator.journal.apply(line.text);
    } else if (line.kind === "bytes") this.#bytes.line(line.bytes);
    else if (line.kind === "last") {
      if (line.lines !== number - 1) throw new Error("lines before it are missing.");
      this.#ended = true;
    }
  }
}

class BytesCheck {
  readonly #blobs = new Set<string>();
  readonly #snapshots = new Set<string>();
  #blob = "";
  #sizeInBytes = 0;

  has(blob: string, snapshot: string): boolean {
    return this.#snapshots.has(`${blob} ${snapshot}`);
  }

  line(line: BytesLine): void {
    if ("blob" in line) {
      const isNew = line.blob !== this.#blob;
      if (isNew && this.#blobs.has(line.blob)) throw new Error("blob: was there before.");
      this.#blobs.add(line.blob);
      this.#blob = line.blob;
      this.#sizeInBytes = line.sizeInBytes;
    } else if (this.#blob === "") throw new Error("says nothing of which blob it is.");
    else if ("clear" in line) {
      for (const [start, end] of line.clear) this.#demandInside(start, end);
    } else if ("snapshot" in line) this.#snapshots.add(`${this.#blob} ${line.snapshot}`);
    else this.#demandInside(line.offset, line.offset + byteLength(line.base64));
  }

  #demandInside(start: number, end: number): void {
    if (start < end && end % 512 === 0 && end <= this.#sizeInBytes) return;
    throw new Error(`${start} to ${end} are no pages of a blob of ${this.#sizeInBytes} bytes.`);
  }
}

const byteLength = (base64: string): number => Buffer.byteLength(base64, "base64");
