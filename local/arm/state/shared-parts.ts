/**
 * Restore points hold the VM and the disks as they were. Those of one VM share them in memory; when they are read from
 * a file they must again, or 200,000 restore points would be as many VMs.
 */
import type { Disk, RestorePoint, VirtualMachine } from "./state.ts";

export class SharedParts {
  readonly #known = new Map<string, Disk | VirtualMachine>();

  /** The restore point, holding what an equal one before it holds. */
  readonly of = (point: RestorePoint): RestorePoint => ({
    ...point,
    source: this.#one(point.source),
    disks: point.disks.map((disk) => ({ ...disk, source: this.#one(disk.source) })),
  });

  /** Nothing more is read: what restore points no longer hold can go. */
  clear(): void {
    this.#known.clear();
  }

  #one<T extends Disk | VirtualMachine>(part: T): T {
    const text = JSON.stringify(part);
    const known = this.#known.get(text);
    // The same text has the same type.
    if (known !== undefined) return known as T;
    this.#known.set(text, part);
    return part;
  }
}
