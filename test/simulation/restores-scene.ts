/** A protected VM of several disks with a restore point and its copy, whose restores are watched. */
import { expect } from "vitest";
import { nameOfResource } from "../../src/lib/fleet/resource-id.ts";
import { pointKey } from "../../src/lib/fleet/restore-point.ts";
import { copyKey } from "../../src/lib/fleet/restore-point-copy.ts";
import type { VmKey } from "../../src/lib/fleet/vm-key.ts";
import { isEnded } from "../../src/lib/operations/operation.ts";
import { operationIdOf } from "../../src/lib/operations/operation-id.ts";
import { startOperation } from "../../src/lib/operations/start-operation.ts";
import { requestRestore } from "../../src/lib/restores/request-restore.ts";
import {
  isEndedRestore,
  RESTORE_TAG,
  type Restore,
  restoredId,
} from "../../src/lib/restores/restore.ts";
import { restoreRequestSchema } from "../../src/lib/restores/restore-request.ts";
import { allOf } from "../fakes/memory-tables.ts";
import { World } from "./world.ts";

const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const REGION = "northeurope";
const GROUP = "/subscriptions/sub-1/resourceGroups/rg-1/providers";
const by = { id: "alice", kind: "person" } as const;

/** A restore has had all the time that its clean-up may need, retries of deletions included. */
export const SETTLED = 60 * MINUTE;

/** With an OS disk, so many data disks, and a network interface. */
export function addVm(world: World, name: string, dataDisks: number): VmKey {
  const disks = Array.from({ length: dataDisks + 1 }, (_, index) => {
    const lun = index - 1;
    const diskName = lun < 0 ? `${name}-os` : `${name}-data-${lun}`;
    const id = `${GROUP}/Microsoft.Compute/disks/${diskName}`;
    return {
      ...{ name: diskName, id, writeAccelerator: false, ephemeral: false },
      ...(lun < 0 ? {} : { lun }),
    };
  });
  const nic = `${GROUP}/Microsoft.Network/networkInterfaces/${name}-nic`;
  const subnetId = `${GROUP}/Microsoft.Network/virtualNetworks/vnet/subnets/default`;
  world.arm.surroundings.networkPlaces.set(nic.toLowerCase(), { subnetId });
  const [osDisk, ...others] = disks;
  const model = {
    location: "westeurope",
    hardwareProfile: { vmSize: "Standard_D2s_v5" },
    storageProfile: { osDisk: { ...osDisk, osType: "Linux" }, dataDisks: others },
    networkProfile: { networkInterfaces: [{ id: nic }] },
  };
  return world.addVm(name, { disks, networkInterfaceId: nic, model });
}

export class RestoresScene {
  readonly world: World;
  readonly vm: VmKey;
  point = "t1-a1";
  /** Other than those of restores. */
  #before: readonly string[] = [];

  constructor({ world = new World(), dataDisks = 2 } = {}) {
    this.world = world;
    this.vm = addVm(world, "web-01", dataDisks);
  }

  /** Until there is a restore point, and its copy if `tag` names a policy that copies. */
  async begin(tag = "daily", ms = 3 * MINUTE): Promise<this> {
    await this.world.tag(this.vm, tag);
    await this.world.pass(ms);
    const stored = await this.world.tables.points.get(pointKey(this.vm, this.point));
    expect(stored?.record.state).toBe("Succeeded");
    this.#before = [...this.world.arm.vms.keys()];
    return this;
  }

  idOf = (number = 0) => operationIdOf(this.vm, `01HZZZZZZZZZZZZZZZZZZZZZZ${number}`);

  restore(asked: object = { kind: "vm" }, id = this.idOf()) {
    const request = restoreRequestSchema.parse(asked);
    return this.world.ask(this.vm, (services, log) =>
      requestRestore(
        { ...services, start: startOperation(services) },
        { ...{ id, by, partner: false, correlationId: "c-1" }, at: services.now() },
        this.point,
        request,
        log,
      ),
    );
  }

  /** All that is against it. */
  async problems(asked: object): Promise<string[]> {
    const answer = await this.restore(asked);
    if (answer?.kind !== "refused") throw new Error(`The restore was ${answer?.kind}.`);
    return answer.problems.map(({ code, target }) => `${code} ${target}`);
  }

  async rows(): Promise<Restore[]> {
    return await allOf(this.world.tables.restores);
  }

  /** What Azure has of restores, by name. */
  made(): string[] {
    return this.world.arm
      .resources(RESTORE_TAG)
      .map(({ id }) => nameOfResource(id))
      .sort();
  }

  async copyState(): Promise<string | undefined> {
    const key = copyKey(this.vm, REGION, this.point);
    return (await this.world.tables.copies.get(key))?.record.state;
  }

  async audited(action: string): Promise<number> {
    const day = { partitionFrom: "day~", partitionTo: "day~~" };
    const entries = await allOf(this.world.tables.audit, day);
    return entries.filter((entry) => entry.action === action).length;
  }

  /** Nothing is in between or unknown: what is recorded as made is there, and nothing else is. */
  async expectSettled(context = ""): Promise<void> {
    const rows = await this.rows();
    for (const restore of rows) {
      expect(isEndedRestore(restore), `${context}: ${restore.state}`).toBe(true);
      const there = this.world.arm
        .resources(RESTORE_TAG, restore.id)
        .map(({ id }) => id.toLowerCase())
        .sort();
      const recorded = restore.resources
        .filter(({ state }) => state === "Created" || state === "Kept")
        .map((resource) => restoredId(restore, resource).toLowerCase())
        .sort();
      expect(there, context).toEqual(recorded);
      if (restore.state === "Succeeded") this.#expectWhole(restore, context);
      else if (restore.onFailure === "cleanUp") expect(there, context).toEqual([]);
      expect(await this.audited("restoreSucceeded"), context).toBeLessThanOrEqual(rows.length);
    }
    // Nobody's resources but those of restores that are on record.
    expect(this.world.arm.resources().length, context).toBe(
      this.world.arm.resources(RESTORE_TAG).length,
    );
    expect([...this.world.arm.vms.keys()], context).toEqual(this.#before);
    // The schedule goes on meanwhile.
    const operations = await allOf(this.world.tables.operations);
    const steps = operations.filter(({ request }) => "restore" in request);
    expect(
      steps.filter((each) => !isEnded(each)),
      context,
    ).toEqual([]);
    const others = new Set(
      operations.map(({ id }) => id).filter((id) => !steps.some((step) => step.id === id)),
    );
    const active = await allOf(this.world.tables.active);
    expect(
      active.filter(({ id }) => !others.has(id)),
      context,
    ).toEqual([]);
  }

  /** Each disk is from its own disk restore point, and the VM has them all. */
  #expectWhole(restore: Restore, context: string): void {
    expect(
      restore.resources.every(({ state }) => state === "Created"),
      context,
    ).toBe(true);
    for (const made of this.world.arm.resources(RESTORE_TAG, restore.id)) {
      const row = restore.resources.find((each) => sameId(restoredId(restore, each), made.id));
      if (made.kind === "disk") {
        const { diskRestorePointId } = made.request;
        expect(nameOfResource(diskRestorePointId), context).toBe(row?.disk?.from);
        expect(diskRestorePointId.startsWith(restore.restorePointId), context).toBe(true);
      } else if (made.kind === "virtualMachine") {
        const disks = restore.resources.filter(({ disk }) => disk);
        expect(
          made.request.disks.map(({ id }) => nameOfResource(id)),
          context,
        ).toEqual(disks.map(({ name }) => name));
      }
    }
  }
}

const sameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
