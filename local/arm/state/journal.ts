/**
 * What the emulator knows, as lines of JSON: written to a file as it changes, so that nothing acknowledged is lost
 * when the process is killed, and the format in which the whole state is saved and loaded.
 *
 * A line is one step, `[[part, record], …]`: it counts as a whole, or, cut off by a kill, not at all.
 */
import { closeSync, existsSync, openSync, renameSync, writeFileSync } from "node:fs";
import { linesOf } from "./lines.ts";

/** A record of a part, as JSON can hold it. */
export type JournalRecord = unknown;

/** Something that is kept: it says what changes, and can be made again from what it said. */
export interface JournaledPart {
  /** Its records, from nothing. */
  dump(): Iterable<JournalRecord>;
  apply(record: JournalRecord): void;
  clear(): void;
}

type Step = readonly (readonly [part: string, record: JournalRecord])[];

export class Journal {
  readonly #parts = new Map<string, JournaledPart>();
  #file: number | undefined;
  /** Characters of the file when it was written anew, and what was added since. */
  #whole = 0;
  #written = 0;
  #step: [string, JournalRecord][] | undefined;

  /** Answers what tells the journal of the part's changes: to be called before the change counts as done. */
  register(name: string, part: JournaledPart): (record: JournalRecord) => void {
    this.#parts.set(name, part);
    return (record) => {
      if (this.#file === undefined) return;
      if (this.#step) this.#step.push([name, record]);
      else this.#write([[name, record]]);
    };
  }

  /** All changes that `change` makes count together. It must not wait for anything. */
  commit<T>(change: () => T): T {
    if (this.#step || this.#file === undefined) return change();
    this.#step = [];
    try {
      return change();
    } finally {
      const step = this.#step;
      this.#step = undefined;
      if (step.length > 0) this.#write(step);
    }
  }

  /** Everything, line by line. */
  *dump(): Generator<string> {
    for (const [name, part] of this.#parts) {
      for (const record of part.dump()) yield JSON.stringify([[name, record]]);
    }
  }

  clear(): void {
    for (const part of this.#parts.values()) part.clear();
    this.#rewrite();
  }

  /** Everything is what the lines say, and nothing else; in the file, all of it or nothing. The lines must be right. */
  replace(lines: Iterable<string>): void {
    for (const part of this.#parts.values()) part.clear();
    for (const line of lines) this.apply(line);
    this.#rewrite();
  }

  /** Makes what the lines say, in addition to what is there. Throws when a line is none of this emulator. */
  apply(line: string): void {
    const step: Step = JSON.parse(line);
    for (const [name, record] of step) {
      const part = this.#parts.get(name);
      if (part === undefined) throw new Error(`The state has a part "${name}", which is unknown.`);
      part.apply(record);
    }
  }

  /** From now on the file holds everything: first what it said before, then what is said. */
  keepIn(file: string): void {
    if (existsSync(file)) this.#read(file);
    this.#path = file;
    this.#rewrite();
  }

  #path: string | undefined;

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #read(file: string): void {
    let line: string | undefined;
    for (const next of linesOf(file)) {
      if (line !== undefined) this.apply(line);
      line = next;
    }
    // The last one may have been cut off by a kill: then it was never acknowledged.
    if (line !== undefined && isWhole(line)) this.apply(line);
  }

  /** Without what has been replaced or deleted. The old file stays until the new one is whole. */
  #rewrite(): void {
    if (this.#path === undefined) return;
    const before = this.#file;
    const next = `${this.#path}.new`;
    const file = openSync(next, "w", 0o600);
    this.#written = 0;
    for (const line of this.dump()) this.#append(file, line);
    this.#whole = this.#written;
    this.#written = 0;
    renameSync(next, this.#path);
    this.#file = file;
    // Not before: when the disk is full, the old file goes on.
    if (before !== undefined) closeSync(before);
  }

  #write(step: Step): void {
    if (this.#file === undefined) return;
    // What was told is done, except this step. One that was committed is done as well: it is then said twice, which
    // does no harm to what is set or deleted.
    if (this.#written > Math.max(SMALLEST_REWRITE, this.#whole)) this.#rewrite();
    this.#append(this.#file, JSON.stringify(step));
  }

  #append(file: number, line: string): void {
    // Not by writeSync, which may write less than it was given.
    writeFileSync(file, `${line}\n`);
    this.#written += line.length + 1;
  }
}

/** A file is written anew when as much was added to it, and this at least. Characters. */
const SMALLEST_REWRITE = 64 * 1024 ** 2;

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
