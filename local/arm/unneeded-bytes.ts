/** A restore point outlives its disk, so bytes go only when neither a disk nor a disk restore point needs them. */
import type { DiskBlob } from "./disk-bytes.ts";
import type { Emulator } from "./state.ts";

/** For what has just been taken out of the state. */
export async function dropBytes(
  { state, bytes }: Pick<Emulator, "state" | "bytes">,
  dropped: readonly { readonly bytes: DiskBlob }[],
): Promise<void> {
  const needed = new Set([
    ...state.disks.all().map((disk) => disk.bytes.blob),
    ...state.restorePoints
      .all()
      .flatMap(({ diskRestorePoints }) => diskRestorePoints.map((each) => each.bytes.blob)),
  ]);
  const deleted = dropped.map(async ({ bytes: { blob, snapshot } }) => {
    if (!needed.has(blob)) await bytes.delete({ blob });
    else if (snapshot !== undefined) await bytes.delete({ blob, snapshot });
  });
  await Promise.all(deleted);
}
