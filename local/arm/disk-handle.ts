/** The bytes of a disk or of a disk restore point, by ARM id: the back door of tests, seeds and the control plane. */
import type { BytesAt } from "./bytes/disk-bytes.ts";
import type { Range } from "./bytes/ranges.ts";
import type { Emulator } from "./emulator.ts";
import { bytesOfDiskRestorePoint, findDiskRestorePoint } from "./resources/restore-points/find.ts";

export interface DiskHandle {
  readonly sizeInBytes: number;
  read(offset: number, count: number): Promise<Buffer>;
  /** What was written and not cleared. */
  ranges(): Promise<Range[]>;
  /** In whole pages of 512 bytes. Throws for a disk restore point, which never changes. */
  write(offset: number, data: Buffer): Promise<void>;
}

/** Undefined when there is neither. */
export function diskHandle(emulator: Emulator, id: string): DiskHandle | undefined {
  const { state, bytes } = emulator;
  const disk = state.disks.get(id);
  if (disk) {
    const demand = () => {
      if (state.disks.get(id)?.uniqueId !== disk.uniqueId) throw new Error(`${id} is deleted.`);
    };
    const write = (offset: number, data: Buffer) => bytes.write(disk, offset, data, demand);
    return { ...reading(emulator, bytes.current(disk), disk.sizeInBytes), write };
  }
  const found = findDiskRestorePoint(emulator, id);
  if (found === undefined) return undefined;
  const at = bytesOfDiskRestorePoint(found.disk);
  const write = async () => {
    throw new Error(`A disk restore point cannot be written to: ${id}`);
  };
  return { ...reading(emulator, at, found.disk.source.sizeInBytes), write };
}

const reading = ({ bytes }: Emulator, at: BytesAt | undefined, sizeInBytes: number) => ({
  sizeInBytes,
  read: async (offset: number, count: number) =>
    at ? await bytes.read(at, offset, count) : Buffer.alloc(count),
  ranges: async () => (at ? await bytes.ranges(at) : []),
});
