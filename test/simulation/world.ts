/**
 * The whole app on a virtual clock: the real trigger table and handlers, in-memory tables and queues, ARM in memory.
 * One thing happens at a time; waiting takes no time. A crash loses the running invocation and whatever the process
 * had in memory, and leaves its message invisible until its time is up, as in Azure.
 */
import { InvocationContext, type Timer } from "@azure/functions";
import { type App, registerFunctions } from "../../src/app.ts";
import { outputs } from "../../src/functions/outputs.ts";
import { protectionTable } from "../../src/lib/fleet/protection.ts";
import { pointTable } from "../../src/lib/fleet/restore-point.ts";
import type { VirtualMachine } from "../../src/lib/fleet/virtual-machine.ts";
import { type VmKey, vmKeyOf } from "../../src/lib/fleet/vm-key.ts";
import { dueTable } from "../../src/lib/operations/due.ts";
import { activeTable, operationTable } from "../../src/lib/operations/operation.ts";
import { createPace, pacerTable } from "../../src/lib/operations/pacer.ts";
import { shippedPolicies } from "../../src/lib/policy/shipped-policies.ts";
import type { Tables } from "../../src/lib/state/tables.ts";
import { poisonQueueOf, queues } from "../../src/names.ts";
import type { Services } from "../../src/services.ts";
import { FakeArm } from "../fakes/fake-arm.ts";
import { InMemoryQueue, type ReceivedMessage } from "../fakes/in-memory-queue.ts";
import { InMemoryTable } from "../fakes/in-memory-table.ts";
import { Crash, Effects, withEffects } from "./crash.ts";

type Handler = (input: unknown, context: InvocationContext) => unknown;

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
  readonly tables: Tables = {
    protections: new InMemoryTable(protectionTable),
    points: new InMemoryTable(pointTable),
    operations: new InMemoryTable(operationTable),
    active: new InMemoryTable(activeTable),
    due: new InMemoryTable(dueTable),
    pacer: new InMemoryTable(pacerTable),
  };
  readonly vmModels = new Map<string, unknown>();
  readonly logs: string[] = [];
  readonly queues = new Map<string, InMemoryQueue>();
  crashes = 0;
  #handlers = new Map<string, Handler>();
  #queueHandlers = new Map<string, Handler>();
  #ulids = 0;

  constructor() {
    for (const queue of Object.values(queues)) {
      this.queues.set(queue, new InMemoryQueue());
      this.queues.set(poisonQueueOf(queue), new InMemoryQueue());
    }
    this.#startProcess();
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
        ...[...this.queues.values()].map((queue) => queue.nextAt() ?? Number.POSITIVE_INFINITY),
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
    for (const [name, queue] of this.queues) {
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
    this.queues.get(`${name}-poison`)?.send(message.text, 0, this.now);
    queue.delete(message);
  }

  /** True: done. False: the function threw. Undefined: the process died. */
  async #invoke(name: string, input: unknown, acknowledge?: () => Promise<unknown>) {
    const handler = this.#handlers.get(name) ?? this.#queueHandlers.get(name);
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
      this.#startProcess();
      return undefined;
    }
  }

  async #sendOutput(queueName: string, messages: unknown): Promise<void> {
    for (const message of Array.isArray(messages) ? messages : []) {
      await this.effects.run(() => this.#send(queueName, message, 0));
    }
  }

  #send(queueName: string, message: unknown, delayMs: number): void {
    const wholeSeconds = Math.ceil(Math.max(0, delayMs) / SECOND) * SECOND;
    this.queues.get(queueName)?.send(JSON.stringify(message), wholeSeconds, this.now);
  }

  #startProcess(): void {
    this.effects.restart();
    this.#handlers = new Map();
    this.#queueHandlers = new Map();
    const add = (name: string, { handler }: { handler: Handler }) =>
      this.#handlers.set(name, handler);
    const app = {
      eventGrid: add,
      timer: add,
      http: add,
      storageQueue: (_name: string, options: { queueName: string; handler: Handler }) =>
        this.#queueHandlers.set(options.queueName, options.handler),
    };
    // The registrations differ in the type of their input only, which the trigger decides at run time.
    registerFunctions(app as unknown as App, this.#services());
  }

  #services(): Services {
    const guarded = <T extends object>(port: T) => withEffects(port, this.effects);
    const tables: Tables = {
      protections: guarded(this.tables.protections),
      points: guarded(this.tables.points),
      operations: guarded(this.tables.operations),
      active: guarded(this.tables.active),
      due: guarded(this.tables.due),
      pacer: guarded(this.tables.pacer),
    };
    return {
      now: () => new Date(this.now),
      newUlid: () => `01${`${++this.#ulids}`.padStart(24, "0")}`,
      tables,
      vmModels: guarded({
        put: async (vm, point, model) => void this.vmModels.set(`${vm}/${point}`, model),
        get: async (vm, point) => this.vmModels.get(`${vm}/${point}`),
      }),
      delayed: guarded({
        planVm: async (message, ms) => this.#send(queues.planVm, message, ms),
        startOperation: async (message, ms) => this.#send(queues.startOperation, message, ms),
        trackOperation: async (message, ms) => this.#send(queues.trackOperation, message, ms),
      }),
      arm: guarded(this.arm),
      pace: createPace(tables.pacer),
      policies: shippedPolicies,
      tagName: "restore-points",
      submitLeaseMs: 60 * SECOND,
      authenticate: () => Promise.reject(new Error("No HTTP here.")),
    };
  }
}
