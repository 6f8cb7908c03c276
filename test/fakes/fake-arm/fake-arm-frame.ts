/** What a test sets and sees of the fake ARM, and the frame that every answer passes through. */
import type { VirtualMachine } from "../../../src/lib/fleet/virtual-machine.ts";
import type { VmKey } from "../../../src/lib/fleet/vm-key.ts";
import type { Arm, ArmFailure } from "../../../src/lib/operations/arm.ts";
import type { FakeAccess } from "./fake-access.ts";
import { FakeAccesses } from "./fake-accesses.ts";
import type { FakeResource } from "./fake-resource.ts";
import { FakeResources } from "./fake-resources.ts";
import { type FakeRestorePoint, FakeStore } from "./fake-store.ts";
import { FakeSurroundings } from "./fake-surroundings.ts";
import { type Fault, isAnswer, lost } from "./fault.ts";

export class FakeArmFrame {
  readonly vms = new Map<VmKey, VirtualMachine>();
  readonly sharedDisks = new Map<string, number>();
  readonly calls: string[] = [];
  /** Asked before every request; undefined means the usual. */
  fault: (method: keyof Arm) => Fault | undefined = () => undefined;
  createMs = 30_000;
  copyMs = 600_000;
  deleteMs = 5000;
  /** Of beginGetAccess and endGetAccess. */
  accessMs = 300;
  diskMs = 5000;
  /** Of Premium SSD v2 and Ultra disks: how long their bytes take after they are there. */
  hydrationMs = 0;
  /** 0: done at once. */
  networkInterfaceMs = 0;
  vmMs = 30_000;
  deallocateMs = 10_000;
  /** Of a disk, network interface or VM. */
  removeMs = 5000;
  /** In GB, of the disks of VMs, by id in lower case. Others are of a size that nobody knows. */
  readonly diskSizes = new Map<string, number>();
  readonly surroundings = new FakeSurroundings();
  /** Then only endGetAccess ends a SAS. */
  ignoreSasExpiry = false;
  /** Of lists. */
  pageSize = 50;
  readonly store: FakeStore;
  readonly now: () => number;
  protected readonly access: FakeAccesses;
  protected readonly made: FakeResources;

  constructor(now: () => number) {
    this.now = now;
    this.store = new FakeStore(now);
    this.made = new FakeResources(now);
    this.access = new FakeAccesses(this.store, now, () => this.ignoreSasExpiry);
  }

  /** Every SAS that opens a disk now. */
  get accesses(): readonly FakeAccess[] {
    return this.access.live();
  }

  /** Whether a SAS opens a disk now. */
  opens(url: string): boolean {
    return this.accesses.some((access) => access.url === url);
  }

  get restorePoints(): Map<string, FakeRestorePoint> {
    return this.store.points;
  }

  /** Every disk, network interface and VM that was asked for and is there; with this tag only. */
  resources(tag?: string, value?: string): readonly FakeResource[] {
    return this.made.all.filter(
      ({ request: { tags } }) =>
        tag === undefined || (tag in tags && (value === undefined || tags[tag] === value)),
    );
  }

  tag(vm: VmKey, tags: Readonly<Record<string, string>>): void {
    const before = this.vms.get(vm);
    if (before) this.vms.set(vm, { ...before, tags });
  }

  /** Restore points of a VM that have succeeded, copies left out. */
  succeeded(vm: VmKey): FakeRestorePoint[] {
    return this.store
      .ofVm(vm)
      .filter((point) => !point.copyOf && !point.failure && point.endsAt <= this.now());
  }

  protected answer<T>(method: keyof Arm, ask: (fault: Fault | undefined) => T): T | ArmFailure {
    this.calls.push(method);
    const fault = this.fault(method);
    if (fault !== undefined && isAnswer(fault)) return fault;
    const answer = ask(fault);
    return fault?.kind === "answerLost" || fault?.kind === "late" ? lost : answer;
  }
}
