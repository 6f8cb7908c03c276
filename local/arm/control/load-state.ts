/** Replaces everything that the emulator knows by a saved state, which must have been checked. */
import { BytesLoader } from "../bytes/load-bytes.ts";
import { resume } from "../resume.ts";
import type { ArmEmulator } from "../start-arm.ts";
import { linesOf } from "../state/lines.ts";
import type { RestorePoint } from "../state/state.ts";
import { readStateLine } from "./state-line.ts";

type Loaded = Pick<ArmEmulator, "emulator" | "eventSubscriptions">;

export async function loadState(arm: Loaded, file: string): Promise<void> {
  const { emulator } = arm;
  // What is about to end must not end in the new state.
  await emulator.operations.close();
  emulator.journal.clear();
  await emulator.bytes.keepOnly(new Set());
  const loader = new BytesLoader(emulator.blobs);
  for (const text of linesOf(file)) {
    const line = readStateLine(text);
    if (line?.kind === "bytes") await loader.load(line.bytes);
  }
  emulator.journal.replace(journalLines(file, loader));
  await resume(emulator);
  arm.eventSubscriptions?.resume();
}

function* journalLines(file: string, loader: BytesLoader): Generator<string> {
  for (const text of linesOf(file)) {
    if (readStateLine(text)?.kind !== "journal") continue;
    const step: [string, { readonly set?: RestorePoint }][] = JSON.parse(text);
    yield JSON.stringify(
      step.map(([part, record]) =>
        part === "restorePoints" && record.set
          ? [part, { set: withSnapshots(record.set, loader) }]
          : [part, record],
      ),
    );
  }
}

function withSnapshots(point: RestorePoint, loader: BytesLoader): RestorePoint {
  const disks = point.disks.map((disk) => {
    const { source, snapshot } = disk;
    if (snapshot === undefined) return disk;
    return { ...disk, snapshot: loader.snapshotOf(source.uniqueId, snapshot) };
  });
  return { ...point, disks };
}
