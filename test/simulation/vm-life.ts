/**
 * The life of one VM: tagged, tagged otherwise, untagged, resized, restarted, deleted and made anew under its name;
 * restore points made of it by hand, and asked for, copied, deleted and put on hold. Drawn from the VM's own stream, so it is the same in every run.
 */
import { type VmKey, vmNameOf } from "../../src/lib/fleet/vm-key.ts";
import { addForeign, madeByHand } from "../fakes/fake-arm/add-foreign.ts";
import type { Agenda } from "./agenda.ts";
import type { Wish } from "./invariants/tags-are-followed.ts";
import { oneOf, type Random } from "./random.ts";
import { newVm } from "./scene.ts";
import type { StormWeather } from "./storm-weather.ts";
import { VmRequests } from "./vm-requests.ts";
import type { World } from "./world.ts";

export interface Scene {
  readonly world: World;
  readonly weather: StormWeather;
  readonly agenda: Agenda;
  /** Whether the app finds VMs whose events were lost. */
  readonly loses: boolean;
}

const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Something happens to a VM this often, on average. */
const BETWEEN = 12 * DAY;
/** VMs that another product protects as well. */
const FOREIGN = 0.2;
const EVENT_LOST = 0.02;
const EVENT_DOUBLED = 0.1;
const EVENT_LATE = 0.05;

/** As in most fleets, few VMs are worth a restore point an hour: about five a day on average. */
const POLICIES = [
  ...([
    "hourly",
    "hourly,daily",
    "hourly;consistency=crash",
    "gold",
    "gold",
    "gold",
    "copied",
  ] as const),
  ...(["daily", "daily", "daily", "daily", "daily", "daily", "daily", "daily", "daily"] as const),
  ...(["daily", "daily", "daily", "daily", "daily"] as const),
] as const;
const TAG = "Microsoft.Resources/tags/write";
const COMPUTE = "Microsoft.Compute/virtualMachines";

export class VmLife {
  readonly vm: VmKey;
  /** What its owner asks for. */
  wish: Wish = { status: undefined, tag: undefined, since: 0 };
  readonly #scene: Scene;
  readonly #random: Random;
  readonly #requests: VmRequests;
  #incarnation = 0;
  #events = 0;

  constructor(scene: Scene, name: string, subscriptionId: string) {
    this.#scene = scene;
    this.#random = scene.weather.stream(`life of ${name}`);
    const [vm] = newVm(name, subscriptionId);
    this.vm = vm;
    this.#requests = new VmRequests(scene.world, vm, this.#random);
    this.#in(DAY * this.#random(), () => this.#begin());
  }

  #begin(): void {
    const { subscriptionId, name } = vmNameOf(this.vm);
    const vmId = `${hex(++this.#incarnation)}-0000-4000-8000-${hex(0)}0000`;
    const [, vm] = newVm(name, subscriptionId, { vmId, vmSize: "Standard_D4s_v5" });
    this.#scene.world.arm.vms.set(this.vm, vm);
    if (this.#random() < FOREIGN) {
      addForeign(this.#scene.world.arm, this.vm, `backup-of-${name}`, 3, this.#scene.world.now);
    }
    this.#setTag(oneOf(this.#random, POLICIES));
    this.#later();
  }

  #later(): void {
    this.#in(-Math.log(1 - this.#random()) * BETWEEN, () => this.#change());
  }

  async #change(): Promise<void> {
    const change = oneOf(this.#random, [
      () => this.#setTag(oneOf(this.#random, POLICIES)),
      () => this.#setTag(oneOf(this.#random, POLICIES)),
      () => this.#setTag(oneOf(this.#random, ["none", "golf", undefined])),
      () => this.#setTag(oneOf(this.#random, POLICIES)),
      () => this.#resize(),
      () => this.#tell(`${COMPUTE}/deallocate/action`),
      () => this.#tell(`${COMPUTE}/start/action`),
      () => this.#hold(),
      () => this.#requests.askForPoints(),
      () => this.#requests.askForCopy(),
      () => this.#requests.askForDeletion(),
      () => this.#makeByHand(),
    ]);
    if (this.#random() < 0.1) this.#delete();
    else {
      await change();
      this.#later();
    }
  }

  #setTag(tag: string | undefined): void {
    const known = { golf: undefined, none: "OptedOut" } as const;
    const status =
      tag === undefined
        ? "Unprotected"
        : tag in known
          ? known[tag as keyof typeof known]
          : "Protected";
    this.wish = { status, tag, since: this.#scene.world.now };
    this.#scene.world.arm.tag(this.vm, tag === undefined ? {} : { "restore-points": tag });
    this.#tell(TAG);
  }

  #resize(): void {
    const { vms } = this.#scene.world.arm;
    const vm = vms.get(this.vm);
    if (vm)
      vms.set(this.vm, {
        ...vm,
        vmSize: oneOf(this.#random, ["Standard_D8s_v5", "Standard_E4s_v5"]),
      });
    this.#tell(`${COMPUTE}/write`);
  }

  #delete(): void {
    this.#scene.world.arm.vms.delete(this.vm);
    this.wish = { status: "VmDeleted", tag: undefined, since: this.#scene.world.now };
    this.#tell(`${COMPUTE}/delete`);
    this.#in(5 * DAY * this.#random(), () => this.#begin());
  }

  async #hold(): Promise<void> {
    const lift = await this.#requests.hold();
    if (lift) this.#in(30 * DAY * this.#random(), lift);
  }

  /** In our own collection. */
  #makeByHand(): void {
    const { now, arm } = this.#scene.world;
    const [point] = arm.store.ofVm(this.vm);
    if (point) arm.store.add(madeByHand(point.collection, `before-upgrade-${now}`, now));
  }

  /** An event about the VM: sometimes late, twice, or never. */
  #tell(what: string): void {
    const { loses, world } = this.#scene;
    const id = `${this.vm}-${++this.#events}`;
    const calm = this.#scene.weather.isOver;
    if (!calm && loses && this.#random() < EVENT_LOST) return;
    const deliver = () => world.deliver(this.vm, id, what);
    const delay = () => this.#random() * (this.#random() < EVENT_LATE ? HOUR : 2 * SECOND);
    this.#in(delay(), deliver);
    if (this.#random() < EVENT_DOUBLED) this.#in(delay(), deliver);
  }

  #in(ms: number, act: () => void | Promise<void>): void {
    this.#scene.agenda.add(this.#scene.world.now + ms, act);
  }
}

const hex = (number: number): string => number.toString(16).padStart(8, "0");
