/** The bytes of disks and disk restore points past all grants: the emulator's control plane, which Azure does not have. */
import type { StackAddresses } from "./addresses.ts";

export interface DiskContent {
  /** `id`: of a disk, or of a disk restore point. */
  read(id: string, offset: number, count: number): Promise<Buffer>;
  /** As if the VM had written it; whole pages of 512 bytes. */
  write(id: string, offset: number, data: Buffer): Promise<void>;
}

export function createDiskContent({ control }: Pick<StackAddresses, "control">): DiskContent {
  const ask = async (id: string, window: Record<string, number>, init?: RequestInit) => {
    const query = new URLSearchParams({ id });
    for (const [name, value] of Object.entries(window)) query.set(name, `${value}`);
    const response = await fetch(`${control}/bytes?${query}`, init);
    if (response.ok) return response;
    throw new Error(`The control plane answered ${response.status}: ${await response.text()}`);
  };
  return {
    read: async (id, offset, count) => {
      const response = await ask(id, { offset, count });
      return Buffer.from(await response.arrayBuffer());
    },
    write: async (id, offset, data) => {
      await ask(id, { offset }, { method: "PUT", body: new Uint8Array(data) });
    },
  };
}
