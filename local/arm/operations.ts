/**
 * Asynchronous operations: accepted now, ended later. The status document is at Azure-AsyncOperation, which answers
 * 200 throughout; Location answers 202 while the operation runs.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations
 */
import { randomUUID } from "node:crypto";

export interface OperationError {
  readonly code: string;
  readonly message: string;
}

export interface AsyncOperation {
  readonly id: string;
  readonly startTime: Date;
  endTime?: Date;
  status: "InProgress" | "Succeeded" | "Failed";
  error?: OperationError;
}

type Finish = () => Promise<OperationError | undefined> | OperationError | undefined;

export interface OperationPlace {
  readonly subscriptionId: string;
  readonly location: string;
}

export interface OperationUrls {
  readonly status: string;
  readonly monitor: string;
}

export class Operations {
  readonly #operations = new Map<string, AsyncOperation>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #ending = new Set<Promise<void>>();

  get(id: string): AsyncOperation | undefined {
    return this.#operations.get(id.toLowerCase());
  }

  /** After `ms`, `finish` says what became of it: an error, or nothing when it succeeded. */
  start(ms: number, finish: Finish): AsyncOperation {
    const operation: AsyncOperation = {
      id: randomUUID(),
      startTime: new Date(),
      status: "InProgress",
    };
    this.#operations.set(operation.id, operation);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const ending = end(operation, finish).finally(() => this.#ending.delete(ending));
      this.#ending.add(ending);
    }, ms);
    this.#timers.add(timer);
    return operation;
  }

  /** Nothing ends any more, except what is about to. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await Promise.all(this.#ending);
  }
}

async function end(operation: AsyncOperation, finish: Finish): Promise<void> {
  const error = await outcomeOf(finish);
  operation.endTime = new Date();
  operation.status = error ? "Failed" : "Succeeded";
  if (error) operation.error = error;
}

async function outcomeOf(finish: Finish): Promise<OperationError | undefined> {
  try {
    return await finish();
  } catch (error) {
    // A bug of the emulator, or storage that is gone. The client must not wait for ever.
    console.error(error);
    return { code: "EmulatorError", message: String(error) };
  }
}

export function operationUrls(
  { id }: AsyncOperation,
  { subscriptionId, location }: OperationPlace,
  requestUrl: URL,
  apiVersion: string,
): OperationUrls {
  const base = `${requestUrl.origin}/subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/${location}/operations/${id}`;
  return {
    status: `${base}?api-version=${apiVersion}`,
    monitor: `${base}?monitor=true&api-version=${apiVersion}`,
  };
}
