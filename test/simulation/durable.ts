/** What outlives a process: tables, queues and blobs, all in memory. */
import { protectionTable } from "../../src/lib/fleet/protection.ts";
import { pointTable } from "../../src/lib/fleet/restore-point.ts";
import { dueTable } from "../../src/lib/operations/due.ts";
import { activeTable, operationTable } from "../../src/lib/operations/operation.ts";
import { pacerTable } from "../../src/lib/operations/pacer.ts";
import type { Tables } from "../../src/lib/state/tables.ts";
import { poisonQueueOf, queues } from "../../src/names.ts";
import { InMemoryQueue } from "../fakes/in-memory-queue.ts";
import { InMemoryTable } from "../fakes/in-memory-table.ts";

const SECOND = 1000;

export class Durable {
  readonly tables: Tables = {
    protections: new InMemoryTable(protectionTable),
    points: new InMemoryTable(pointTable),
    operations: new InMemoryTable(operationTable),
    active: new InMemoryTable(activeTable),
    due: new InMemoryTable(dueTable),
    pacer: new InMemoryTable(pacerTable),
  };
  readonly vmModels = new Map<string, unknown>();
  readonly queues = new Map<string, InMemoryQueue>(
    Object.values(queues).flatMap((queue) => [
      [queue, new InMemoryQueue()],
      [poisonQueueOf(queue), new InMemoryQueue()],
    ]),
  );

  /** Visibility is in whole seconds, as in the service. */
  send(queueName: string, message: unknown, delayMs: number, now: number): void {
    const delay = Math.ceil(Math.max(0, delayMs) / SECOND) * SECOND;
    this.queues.get(queueName)?.send(JSON.stringify(message), delay, now);
  }
}
