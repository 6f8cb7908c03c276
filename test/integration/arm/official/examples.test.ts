/** Microsoft's own examples of every request, sent to the emulator. */
import { describe, expect, test } from "vitest";
import { hasOfficialFiles, officially } from "../../../swagger/official-files.ts";
import { azuriteOfThisFile } from "../scene.ts";
import { examplesIn } from "./example.ts";
import { givenNamed } from "./given-named.ts";
import { replay } from "./replay.ts";

const FOLDERS = [
  "ComputeRP-2024-03-01",
  "Compute-2026-03-01",
  "Compute-2026-04-01",
  "DiskRP-2023-10-02",
  "Disk-2026-03-02",
];

describe.skipIf(!hasOfficialFiles)(officially("the official examples"), () => {
  const start = azuriteOfThisFile();
  const examples = hasOfficialFiles ? FOLDERS.flatMap(examplesIn) : [];

  test.each(examples.map((example) => [example.title, example] as const))(
    "%s",
    async (_, example) => {
      // The examples protect a VM from another region, which Azure has withdrawn since, and read disks at once.
      const arm = await start({ createInOtherRegion: true, backgroundCopyMs: 0 });
      await givenNamed(arm, example);
      const { answer } = await replay(arm, withoutSnapshot(example));
      expect(example.statuses).toContain(answer.status);
    },
  );
});

/** One example copies a snapshot: a disk stands for it. */
function withoutSnapshot<T extends { readonly body: unknown }>(example: T): T {
  const text = JSON.stringify(example.body ?? null).replace("/snapshots/", "/disks/");
  return { ...example, body: JSON.parse(text) ?? undefined };
}
