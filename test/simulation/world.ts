/**
 * The whole app on a virtual clock: the real trigger table and handlers, in-memory tables and queues, ARM in memory.
 * One thing happens at a time; waiting takes no time. A crash loses the running invocation and whatever the process
 * had in memory, and leaves its message invisible until its time is up, as in Azure.
 */
import { InvocationContext, type Timer } from "@azure/functions";
import { outputs } from "../../src/functions/outputs.ts";
import type { VirtualMachine } from "../../src/lib/fleet/virtual-machine.ts";
import { type VmKey, vmKeyOf } from "../../src/lib/fleet/vm-key.ts";
import { FakeArm } from "../fakes/fake-arm.ts";
import type { InMemoryQueue, ReceivedMessage } from "../fakes/in-memory-queue.ts";
import { type Handler, startProcess } from "./app-process.ts";
import { Crash, Effects } from "./crash.ts";
import { Durable } from "./durable.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const VISIBILITY = 600 * SECOND;
const RETRY_AFTER_FAILURE = 10 * SECOND;
const MOST_DEQUEUES = 5;
const START = Date.parse("2026-01-31T10:00:20Z");

export class World {
  now = START;
  readonly effects = new Effects();
  readonly arm = new FakeArm(() => this.now);
  readonly durable = new Durable();
  readonly logs: string[] = [];
  crashes = 0;
  #handlers: Map<string, Handler>;
  #ulids = 0;

  constructor() {
    this.#handlers = this.#start();
  }

  get tables() {
    return this.durable.tables;
  }

  addVm(name: string, vm: Partial<VirtualMachine> = {}): VmKey {
    const group = "/subscriptions/sub-1/resourceGroups/rg-1/providers/Microsoft.Compute";
    const id = `${group}/virtualMachines/${name}`;
    const key = vmKeyOf(id);
    if (key === undefined) throw new Error(`Not a VM name: ${name}`);
    const disks = [
      {
        name: `${name}-os`,
        id: `${group}/disks/${name}-os`,
        writeAccelerator: false,
        ephemeral: false,
      },
    ];
    const vmId = `${name}-guid-0000`;
    const model = { id, networkProfile: { networkInterfaces: [] } };
    const location = "westeurope";
    const defaults = { id, name, resourceGroup: "rg-1", location, vmId, tags: {}, disks, model };
    this.arm.vms.set(key, { ...defaults, ...vm });
    return key;
  }

  /** Delivers an event of the subscription topic to ResourceChanged. */
  async deliver(vm: VmKey, id = "event-1"): Promise<void> {
    const resourceUri = this.arm.vms.get(vm)?.id;
    const data = { resourceUri, operationName: "Microsoft.Resources/tags/write" };
    const event = { id, eventType: "Microsoft.Resources.ResourceWriteSuccess", data };
    // Event Grid delivers again when the process died before it acknowledged.
    while ((await this.#invoke("ResourceChanged", event)) === undefined) this.now += 10 * SECOND;
  }

  async tag(vm: VmKey, value: string): Promise<void> {
    this.arm.tag(vm, { "restore-points": value });
    await this.deliver(vm);
  }

  /** Lets `ms` pass: every message and timer in that time is handled, in order. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      const timerAt = Math.floor(this.now / MINUTE) * MINUTE + MINUTE / 2;
      const nextTimer = timerAt > this.now ? timerAt : timerAt + MINUTE / 2;
      const nextMessage = Math.min(
        ...[...this.durable.queues.values()].map(
          (queue) => queue.nextAt() ?? Number.POSITIVE_INFINITY,
        ),
      );
      const next = Math.min(nextTimer, Math.max(nextMessage, this.now));
      if (next > until) break;
      this.now = next;
      if (nextMessage <= this.now) await this.#handleMessage();
      else await this.#tick();
    }
    this.now = until;
  }

  #tick() {
    const timer: Timer = {
      schedule: { adjustForDST: true },
      scheduleStatus: { last: "", next: "", lastUpdated: "" },
      isPastDue: false,
    };
    return this.#invoke(this.now % MINUTE === 0 ? "DueVms" : "SweepOperations", timer);
  }

  async #handleMessage(): Promise<void> {
    for (const [name, queue] of this.durable.queues) {
      const message = queue.receive(VISIBILITY, this.now);
      if (message === undefined) continue;
      const handled = await this.#invoke(name, JSON.parse(message.text), () =>
        this.effects.run(() => queue.delete(message)),
      );
      if (handled === false) this.#afterFailure(name, queue, message);
      return;
    }
  }

  /** What the host does when a function throws: again later, or to the poison queue. */
  #afterFailure(name: string, queue: InMemoryQueue, message: ReceivedMessage): void {
    if (message.dequeueCount < MOST_DEQUEUES) {
      queue.hide(message, RETRY_AFTER_FAILURE, this.now);
      return;
    }
    this.durable.queues.get(`${name}-poison`)?.send(message.text, 0, this.now);
    queue.delete(message);
  }

  /** True: done. False: the function threw. Undefined: the process died. */
  async #invoke(name: string, input: unknown, acknowledge?: () => Promise<unknown>) {
    const handler = this.#handlers.get(name);
    if (handler === undefined) throw new Error(`No function handles ${name}.`);
    const context = new InvocationContext({
      functionName: name,
      logHandler: (_level, ...args) => this.logs.push(args.join(" ")),
    });
    try {
      await handler(input, context);
      for (const { queueName, ...binding } of Object.values(outputs)) {
        const messages = context.extraOutputs.get({ queueName, ...binding });
        await this.#sendOutput(queueName, messages);
      }
      await acknowledge?.();
      return true;
    } catch (error) {
      if (!(error instanceof Crash)) {
        this.logs.push(`threw ${String(error)}`);
        return false;
      }
      this.crashes++;
      this.#handlers = this.#start();
      return undefined;
    }
  }

  async #sendOutput(queueName: string, messages: unknown): Promise<void> {
    for (const message of Array.isArray(messages) ? messages : []) {
      await this.effects.run(() => this.durable.send(queueName, message, 0, this.now));
    }
  }

  #start(): Map<string, Handler> {
    return startProcess({
      durable: this.durable,
      arm: this.arm,
      effects: this.effects,
      now: () => this.now,
      newUlid: () => `01${`${++this.#ulids}`.padStart(24, "0")}`,
    });
  }
}
