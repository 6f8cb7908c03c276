/** What people ask for about one VM: restore points, copies, deletions, holds. As often refused as not. */
import type { Point } from "../../src/lib/fleet/restore-point.ts";
import type { VmKey } from "../../src/lib/fleet/vm-key.ts";
import { liftHold } from "../../src/lib/holds/lift-hold.ts";
import { placeHold } from "../../src/lib/holds/place-hold.ts";
import { operationIdOf } from "../../src/lib/operations/operation-id.ts";
import { pointRequestSchema } from "../../src/lib/requests/point-request.ts";
import { requestCopy } from "../../src/lib/requests/request-copy.ts";
import { requestDeletion } from "../../src/lib/requests/request-deletion.ts";
import { requestPoint } from "../../src/lib/requests/request-point.ts";
import { partition } from "../../src/lib/state/entity-table.ts";
import { oneOf, type Random } from "./random.ts";
import type { World } from "./world.ts";

const BY = { by: { id: "counsel", kind: "person" }, correlationId: "simulated" } as const;
const WANTED = [
  {},
  { keepFor: "P3D" },
  { keepFor: "P30D", copies: ["northeurope"] },
  { keepFor: "P10D", legalHold: { reason: "a dispute" } },
  { keepFor: "P7D", region: "swedencentral", consistency: "CrashConsistent" },
] as const;

export class VmRequests {
  readonly #world: World;
  readonly #vm: VmKey;
  readonly #random: Random;
  #asked = 0;

  constructor(world: World, vm: VmKey, random: Random) {
    this.#world = world;
    this.#vm = vm;
    this.#random = random;
  }

  /** A few at once, now and then: they wait for each other. */
  async askForPoints(): Promise<void> {
    const count = oneOf(this.#random, [1, 1, 1, 2, 6]);
    for (let number = 0; number < count; number++) {
      const wanted = pointRequestSchema.parse(oneOf(this.#random, WANTED));
      const asking = { id: this.#id(), ...BY };
      await this.#world.ask(this.#vm, (services, log) =>
        requestPoint(services, asking, wanted, log),
      );
    }
  }

  async askForCopy(): Promise<void> {
    const point = await this.#onePoint();
    if (point === undefined) return;
    const wanted = { point: point.name, region: oneOf(this.#random, ["northeurope", "westus"]) };
    const asking = { id: this.#id(), ...BY };
    await this.#world.ask(this.#vm, (services, log) => requestCopy(services, asking, wanted, log));
  }

  async askForDeletion(): Promise<void> {
    const point = await this.#onePoint();
    if (point === undefined) return;
    const region = this.#random() < 0.2 ? "northeurope" : undefined;
    const target = { vm: this.#vm, point: point.name, region };
    await this.#world.ask(this.#vm, (services, log) => requestDeletion(services, target, BY, log));
  }

  /** Resolves to how it is lifted; undefined when there is nothing to hold. */
  async hold(): Promise<(() => Promise<void>) | undefined> {
    const point = await this.#onePoint();
    if (point === undefined) return undefined;
    const target = { vm: this.#vm, point: point.name };
    const asking = { ...BY, reason: "a dispute" };
    await this.#world.ask(this.#vm, (services, log) => placeHold(services, target, asking, log));
    return async () => {
      await this.#world.ask(this.#vm, (services, log) => liftHold(services, target, BY, log));
    };
  }

  async #onePoint(): Promise<Point | undefined> {
    const { records } = await this.#world.tables.points.list(partition(this.#vm), { size: 500 });
    return records[Math.floor(this.#random() * records.length)];
  }

  #id = () => operationIdOf(this.#vm, `02${`${++this.#asked}`.padStart(24, "0")}`);
}
