/**
 * The whole app on a virtual clock: the real trigger table and handlers, in-memory tables and queues, ARM in memory.
 * One thing happens at a time; waiting takes no time. A crash loses the running invocation and whatever the process
 * had in memory, and leaves its message invisible until its time is up, as in Azure.
 */
import { InvocationContext } from "@azure/functions";
import { encodeTime } from "ulid";
import type { VirtualMachine } from "../../src/lib/fleet/virtual-machine.ts";
import type { VmKey } from "../../src/lib/fleet/vm-key.ts";
import { FakeArm } from "../fakes/fake-arm.ts";
import type { InMemoryQueue } from "../fakes/in-memory-queue.ts";
import { startProcess } from "./app-process.ts";
import { type Asked, asking, type UseCase } from "./asking.ts";
import { Crash, Effects } from "./crash.ts";
import { Durable } from "./durable.ts";
import { eventAbout, newVm, vmIn } from "./scene.ts";
import { Timetable } from "./timetable.ts";
import { answering, queueOutputs, type Trigger, timer } from "./triggers.ts";
import { usualWorld, type WorldOptions } from "./world-options.ts";

const SECOND = 1000;
const VISIBILITY = 600 * SECOND;
const RETRY_AFTER_FAILURE = 10 * SECOND;
const MOST_DEQUEUES = 5;
const START = Date.parse("2026-01-31T10:00:20Z");

export class World {
  now = START;
  readonly effects = new Effects();
  readonly arm = new FakeArm(() => this.now);
  readonly durable: Durable;
  /** Gets each line that the app logs. */
  log: (line: string) => void = () => undefined;
  crashes = 0;
  invocations = 0;
  readonly #options: WorldOptions;
  /** What the running invocation is about: a VM, or the name of a timer. */
  about = "";
  #triggers: ReturnType<typeof startProcess>;
  readonly #timetable: Timetable;
  #ulids = 0;

  constructor(options: Partial<WorldOptions> = {}) {
    this.#options = { ...usualWorld, ...options };
    this.durable = new Durable(options);
    this.#triggers = this.#start();
    this.#timetable = new Timetable(this.#triggers.timers, this.now);
  }

  get tables() {
    return this.durable.tables;
  }

  get timers(): readonly string[] {
    return this.#triggers.timers.map(({ name }) => name);
  }

  addVm(name: string, more: Partial<VirtualMachine> = {}): VmKey {
    const [key, vm] = newVm(name, "sub-1", more);
    this.arm.vms.set(key, vm);
    return key;
  }

  /** Delivers an event of the subscription topic to ResourceChanged. */
  async deliver(vm: VmKey, id = "event-1", what = "Microsoft.Resources/tags/write"): Promise<void> {
    const event = eventAbout(vm, what, id, this.now);
    // Event Grid delivers again when the process died before it acknowledged.
    for (;;) {
      const trigger = this.#triggers.events.get("ResourceChanged");
      if ((await this.#invoke(trigger, event, vm)) !== undefined) return;
      this.now += 10 * SECOND;
    }
  }

  async tag(vm: VmKey, value: string): Promise<void> {
    this.arm.tag(vm, { "restore-points": value });
    await this.deliver(vm);
  }

  /** What a route answers; undefined when the process died before it did. */
  async call(name: string, input: unknown): Promise<unknown> {
    const { trigger, answer } = answering(this.#triggers.routes.get(name));
    return (await this.#invoke(trigger, input, "")) === true ? answer() : undefined;
  }

  /** What a use case answers, with what follows from it sent; undefined when the process died before that. */
  async ask<T extends Asked>(about: string, useCase: UseCase<T>): Promise<T | undefined> {
    const { trigger, answer } = asking(useCase, this.#triggers.services);
    return (await this.#invoke(trigger, {}, about)) ? answer() : undefined;
  }

  /** Lets `ms` pass: every message and timer in that time is handled, in order. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      const message = this.durable.nextMessage();
      const tick = this.#timetable.next;
      const messageAt = Math.max(message?.at ?? Number.POSITIVE_INFINITY, this.now);
      const tickAt = Math.max(tick?.at ?? Number.POSITIVE_INFINITY, this.now);
      if (Math.min(messageAt, tickAt) > until) break;
      this.now = Math.min(messageAt, tickAt);
      if (message && messageAt <= tickAt) await this.#handleMessage(message.name, message.queue);
      else await this.#tick(tick?.name);
    }
    this.now = until;
  }

  async #tick(name: string | undefined): Promise<void> {
    this.#timetable.advance();
    const trigger = this.#triggers.timers.find((each) => each.name === name);
    await this.#invoke(trigger, timer, name ?? "");
  }

  async #handleMessage(name: string, queue: InMemoryQueue): Promise<void> {
    const message = queue.receive(VISIBILITY, this.now);
    if (message === undefined) return;
    const acknowledge = () => this.effects.run(async () => queue.delete(message));
    const body = JSON.parse(message.text);
    const handled = await this.#invoke(
      this.#triggers.queues.get(name),
      body,
      vmIn(body),
      acknowledge,
    );
    if (handled !== false) return;
    // What the host does when a function throws: again later, or to the poison queue.
    if (message.dequeueCount < MOST_DEQUEUES) {
      queue.hide(message, RETRY_AFTER_FAILURE, this.now);
      return;
    }
    this.durable.queues.get(`${name}-poison`)?.send(message.text, 0, this.now);
    queue.delete(message);
  }

  /** True: done. False: the function threw. Undefined: the process died. */
  async #invoke(
    trigger: Trigger | undefined,
    input: unknown,
    about: string,
    acknowledge?: () => Promise<unknown>,
  ) {
    if (trigger === undefined) throw new Error(`No function handles what is about ${about}.`);
    this.invocations++;
    this.about = about;
    if (this.#options.weather) {
      const { now, effects } = this;
      effects.crashAt = this.#options.weather.enter(about, { now, boundaries: effects.count });
    }
    const context = new InvocationContext({
      functionName: trigger.name,
      logHandler: (_level, ...args) => this.log(args.join(" ")),
    });
    try {
      await trigger.handler(input, context);
      // A handler that catches everything is dead all the same.
      if (this.effects.isDead) throw new Crash();
      for (const output of queueOutputs) {
        await this.#sendOutput(output.queueName, context.extraOutputs.get(output));
      }
      await acknowledge?.();
      return true;
    } catch (error) {
      if (!(error instanceof Crash)) {
        this.log(`threw ${trigger.name} ${about} ${String(error)}`);
        return false;
      }
      this.log(`crashed ${trigger.name} ${about}`);
      this.crashes++;
      this.#triggers = this.#start();
      return undefined;
    }
  }

  async #sendOutput(queueName: string, messages: unknown): Promise<void> {
    for (const message of Array.isArray(messages) ? messages : []) {
      await this.effects.run(async () => this.#send(queueName, message, 0));
    }
  }

  #send(queue: string, message: object, delayMs: number): void {
    for (const lateMs of this.#options.weather?.deliveries(queue, vmIn(message)) ?? [0]) {
      this.durable.send(queue, message, delayMs + lateMs, this.now);
    }
  }

  #start(): ReturnType<typeof startProcess> {
    return startProcess({
      ...this.#options,
      durable: this.durable,
      arm: this.arm,
      effects: this.effects,
      now: () => this.now + (this.#options.weather?.clockErrorMs ?? 0),
      // Its time is the true one, so that the order of ULIDs is the order in which they were made.
      newUlid: () => `${encodeTime(Math.floor(this.now))}${`${++this.#ulids}`.padStart(16, "0")}`,
      sleepUntil: async (at) => {
        this.now = Math.max(this.now, at.getTime());
      },
      send: (queue, message, delayMs) => this.#send(queue, message, delayMs),
    });
  }
}
