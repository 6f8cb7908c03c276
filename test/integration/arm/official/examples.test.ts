/** Microsoft's own examples of every request, sent to the emulator. */
import { describe, expect, test } from "vitest";
import { hasOfficialFiles, officially } from "../../../swagger/official-files.ts";
import { azuriteOfThisFile } from "../scene.ts";
import { officialExamples } from "./example.ts";
import { givenNamed } from "./given-named.ts";
import { replay } from "./replay.ts";

describe.skipIf(!hasOfficialFiles)(officially("the official examples"), () => {
  const start = azuriteOfThisFile();

  test.each(officialExamples().map((example) => [example.title, example] as const))(
    "%s",
    async (_, example) => {
      // The examples protect a VM from another region, which Azure has withdrawn since, and read disks at once.
      const arm = await start({ createInOtherRegion: true, backgroundCopyMs: 0 });
      await givenNamed(arm, example);
      const { answer } = await replay(arm, withoutSnapshot(example));
      expect(example.answers.map(({ status }) => status)).toContain(answer.status);
    },
  );
});

/** One example copies a snapshot: a disk stands for it. */
function withoutSnapshot<T extends { readonly body: unknown }>(example: T): T {
  const text = JSON.stringify(example.body ?? null).replace("/snapshots/", "/disks/");
  return { ...example, body: JSON.parse(text) ?? undefined };
}
