/**
 * The bytes of disks and of their restore points as lines of JSON. Of each disk the oldest restore point is whole; each
 * later one, and the disk as it is now, holds what changed after the one before.
 */
import type { Emulator } from "../emulator.ts";
import type { State } from "../state/state.ts";
import type { BytesAt } from "./disk-bytes.ts";
import { difference, intersection, type Range, type Ranges } from "./ranges.ts";

export type BytesLine =
  /** What follows is about this blob, and that is its size from now on. */
  | { readonly blob: string; readonly sizeInBytes: number }
  | { readonly clear: readonly (readonly [start: number, end: number])[] }
  | { readonly offset: number; readonly base64: string }
  /** A restore point of what the lines so far have given. */
  | { readonly snapshot: string };

/** A restore point, or, without a snapshot, the disk as it is now. */
interface Step {
  readonly epoch: number;
  readonly snapshot?: string;
  readonly sizeInBytes: number;
}

/** By blob, oldest first. */
export type Lineages = ReadonlyMap<string, readonly Step[]>;

const LARGEST_PIECE = 1024 ** 2;

/** What there is to save of this state. */
export function lineagesOf(state: State): Lineages {
  const lineages = new Map<string, Map<string, Step>>();
  const add = (blob: string, step: Step) => {
    const steps = lineages.get(blob) ?? new Map<string, Step>();
    // A copy shares the snapshot of its source.
    lineages.set(blob, steps.set(step.snapshot ?? "", step));
  };
  for (const { disks } of state.restorePoints.all()) {
    for (const { source, epoch, snapshot } of disks) {
      const { uniqueId, sizeInBytes } = source;
      if (snapshot !== undefined) add(uniqueId, { epoch, snapshot, sizeInBytes });
    }
  }
  for (const { uniqueId, sizeInBytes } of state.disks.all()) {
    add(uniqueId, { epoch: Infinity, sizeInBytes });
  }
  return new Map([...lineages].map(([blob, steps]) => [blob, inOrder(steps.values())]));
}

const inOrder = (steps: Iterable<Step>): Step[] =>
  [...steps].sort((one, other) => (one.epoch < other.epoch ? -1 : 1));

type Kept = Pick<Emulator, "blobs" | "bytes" | "changes">;

/** Nothing must be written meanwhile. */
export async function* saveBytes(kept: Kept, lineages: Lineages): AsyncGenerator<BytesLine> {
  for (const [blob, steps] of lineages) {
    // A disk that was never written to needs none.
    if (!(await kept.blobs.exists(blob))) continue;
    let before: Step | undefined;
    for (const step of steps) {
      const { snapshot, sizeInBytes } = step;
      yield { blob, sizeInBytes };
      yield* saveStep(kept, { blob, snapshot, sizeInBytes }, changedIn(kept, blob, step, before));
      if (snapshot !== undefined) yield { snapshot };
      before = step;
    }
  }
}

/** Undefined: everything. */
const changedIn = (
  { changes }: Kept,
  blob: string,
  step: Step,
  before: Step | undefined,
): Range[] | undefined => before && changes.between(blob, before.epoch, step.epoch);

async function* saveStep(
  { bytes }: Kept,
  at: BytesAt,
  changed: Ranges | undefined,
): AsyncGenerator<BytesLine> {
  const written = await bytes.ranges(at);
  const inDisk = changed && intersection(changed, [{ start: 0, end: at.sizeInBytes }]);
  const cleared = inDisk ? difference(inDisk, written) : [];
  if (cleared.length > 0) yield { clear: cleared.map(({ start, end }) => [start, end]) };
  for (const { start, end } of inDisk ? intersection(inDisk, written) : written) {
    for (let offset = start; offset < end; offset += LARGEST_PIECE) {
      const piece = await bytes.read(at, offset, Math.min(LARGEST_PIECE, end - offset));
      yield { offset, base64: piece.toString("base64") };
    }
  }
}
