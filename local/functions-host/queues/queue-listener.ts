/** The receive loop of one queue trigger. */
import type { DequeuedMessageItem } from "@azure/storage-queue";
import type { Listener } from "../listening/listener.ts";
import { describeError, type Log } from "../logs/log.ts";
import { type BackOff, NO_BACK_OFF } from "./back-off.ts";
import { type MessageContext, processMessage } from "./process-message.ts";
import { isQueueMissing } from "./send-message.ts";

/** One function's loop. A missing queue is not created: it counts as empty until somebody creates it. */
export class QueueListener implements Listener {
  readonly #context: MessageContext;
  readonly #log: Log;
  readonly #processing = new Set<Promise<void>>();
  readonly #unwatch: () => void;
  #wake: () => void = () => undefined;
  #backOff: BackOff = NO_BACK_OFF;
  #hasFound = false;
  #isStopping = false;
  #exists = false;
  #lastProblem = "";
  readonly #loop: Promise<void>;

  constructor(context: MessageContext, log: Log) {
    this.#context = context;
    this.#log = log;
    this.#unwatch = context.watcher.watch(context.queue.name, () => this.#wake());
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake();
    this.#unwatch();
    await this.#loop;
    await Promise.all(this.#processing);
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      // Armed before the receive: a message sent while it is under way must not wait for the next poll.
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const messages = await this.#receive();
      for (const message of messages) this.#process(message);
      if (messages.length > 0) {
        this.#hasFound = true;
        await this.#belowThreshold();
      } else if (!this.#isStopping) {
        await this.#idle(woken);
      }
    }
  }

  /** No messages, too, when the storage service fails: the loop then backs off like an idle one. */
  async #receive(): Promise<DequeuedMessageItem[]> {
    const { queue, options, receiveVisibilitySeconds } = this.#context;
    try {
      this.#exists ||= await queue.exists();
      if (!this.#exists || this.#isStopping) return [];
      // Never aborted: the service may have handed messages out already, and they would be gone for ten minutes.
      const { receivedMessageItems } = await queue.receiveMessages({
        numberOfMessages: options.batchSize,
        visibilityTimeout: receiveVisibilitySeconds,
      });
      this.#lastProblem = "";
      return receivedMessageItems;
    } catch (error) {
      this.#exists = false;
      if (!isQueueMissing(error)) this.#report(error);
      return [];
    }
  }

  #process(message: DequeuedMessageItem): void {
    const task = processMessage(this.#context, message)
      // What failed here is the settling: the message comes back when its invisibility ends.
      .catch((error) => this.#report(error))
      .finally(() => this.#processing.delete(task));
    this.#processing.add(task);
  }

  async #belowThreshold(): Promise<void> {
    const { newBatchThreshold } = this.#context.options;
    while (this.#processing.size > newBatchThreshold) await Promise.race(this.#processing);
  }

  async #idle(woken: Promise<void>): Promise<void> {
    this.#backOff = this.#context.nextBackOff(this.#backOff, this.#hasFound);
    this.#hasFound = false;
    let timer: NodeJS.Timeout | undefined;
    const elapsed = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#backOff.delayMs);
    });
    await Promise.race([woken, elapsed]);
    clearTimeout(timer);
  }

  /** Once per problem, not once per poll. */
  #report(error: unknown): void {
    const problem = describeError(error);
    if (problem === this.#lastProblem) return;
    this.#lastProblem = problem;
    this.#log("warning", "Host.Triggers.Queues", `Queue ${this.#context.queue.name}: ${problem}`);
  }
}
