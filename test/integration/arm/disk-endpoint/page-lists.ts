/** What tests of Get Page Ranges share. */
import type { PageList } from "@azure/storage-blob";
import { givenProtectedVm } from "../given.ts";
import type { Arm } from "../scene.ts";
import { DATA_DISK, PAGE } from "./sas.ts";

export async function givenDisk(start: () => Promise<Arm>) {
  const arm = await start();
  await givenProtectedVm(arm);
  const disk = () => arm.emulator.emulator.state.disks.find(({ name }) => name === DATA_DISK);
  const clear = async (offset: number, count: number) => {
    const known = disk();
    if (known) await arm.emulator.emulator.bytes.clear(known, offset, count);
  };
  return { arm, clear };
}

/** As first and last byte, which is how Azure says it. */
export const lastBytes = (ranges: PageList["pageRange"]) =>
  // The SDK's count is one short of the bytes.
  ranges?.map(({ offset, count = 0 }) => [offset, offset + count]);

export const listed = (first: number, last: number) => [first * PAGE, (last + 1) * PAGE - 1];
