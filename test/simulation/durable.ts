/** What outlives a process: tables, queues and blobs, all in memory. */
import type { RecordedVm } from "../../src/lib/fleet/recorded-vm.ts";
import type { LegalHold } from "../../src/lib/fleet/restore-point.ts";
import { poisonQueueOf, queues } from "../../src/names.ts";
import { InMemoryQueue } from "../fakes/in-memory-queue.ts";
import type { InMemoryOptions } from "../fakes/in-memory-table.ts";
import { memoryTables } from "../fakes/memory-tables.ts";

const SECOND = 1000;

export class Durable {
  readonly tables: ReturnType<typeof memoryTables>;
  readonly recordedVms = new Map<string, RecordedVm>();
  readonly legalHolds = new Map<string, LegalHold>();
  readonly queues: ReadonlyMap<string, InMemoryQueue> = new Map(
    Object.values(queues).flatMap((queue) => [
      [queue, new InMemoryQueue()],
      [poisonQueueOf(queue), new InMemoryQueue()],
    ]),
  );

  constructor(options: InMemoryOptions = {}) {
    this.tables = memoryTables(options);
  }

  /** Visibility is in whole seconds, as in the service. */
  send(queueName: string, message: unknown, delayMs: number, now: number): void {
    const delay = Math.ceil(Math.max(0, delayMs) / SECOND) * SECOND;
    this.queues.get(queueName)?.send(JSON.stringify(message), delay, now);
  }

  /** The queue whose message is visible first. */
  nextMessage() {
    let next: { name: string; queue: InMemoryQueue; at: number } | undefined;
    for (const [name, queue] of this.queues) {
      const at = queue.nextAt();
      if (at !== undefined && (next === undefined || at < next.at)) next = { name, queue, at };
    }
    return next;
  }
}
