/** Runs functions: time limit, output bindings, accounting, and one log line for each failure. */
import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { HostedFunction } from "../app/hosted-function.ts";
import type { InvocationResponse, TypedData } from "../app/rpc.ts";
import type { Worker } from "../app/worker.ts";
import { describeError, type Log } from "../logs/log.ts";
import type { Metrics } from "./metrics.ts";
import { runFunction } from "./run-function.ts";
import { withTimeLimit } from "./time-limit.ts";
import { newTraceParent } from "./trace-parent.ts";

export interface TriggerInput {
  readonly data: TypedData;
  readonly metadata: Record<string, TypedData>;
  /** The caller's W3C trace context. */
  readonly traceParent?: string | undefined;
}

export interface InvokerOptions {
  readonly worker: Worker;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly functionTimeoutMs: number;
  /** Output bindings are part of the invocation: if they fail, it failed. */
  readonly sendOutputs: (fn: HostedFunction, response: InvocationResponse) => Promise<void>;
  /** Called when a function overran its time and does not end. */
  readonly onStuck: (fn: HostedFunction) => void;
}

export class Invoker {
  readonly #options: InvokerOptions;
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: InvokerOptions) {
    this.#options = options;
  }

  get outstanding(): number {
    return this.#running.size;
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** Throws when the function fails; that has been logged and counted then. */
  async invoke(fn: HostedFunction, input: TriggerInput): Promise<InvocationResponse> {
    const startedAt = new Date();
    const start = performance.now();
    let failed = true;
    const running = this.#run(fn, input);
    this.#running.add(running);
    try {
      const response = await running;
      failed = false;
      return response;
    } catch (error) {
      const message = `Executed 'Functions.${fn.name}' (Failed). ${describeError(error)}`;
      this.#options.log("error", `Function.${fn.name}`, message);
      throw error;
    } finally {
      this.#running.delete(running);
      this.#options.metrics.record(fn.name, startedAt, performance.now() - start, failed);
    }
  }

  async #run(fn: HostedFunction, input: TriggerInput): Promise<InvocationResponse> {
    const { worker, log, functionTimeoutMs, sendOutputs, onStuck } = this.#options;
    const model = worker.programmingModel;
    if (model === undefined) throw new Error("The app has set no programming model.");
    const response = await withTimeLimit(
      runFunction(worker, model, log, fn, {
        invocationId: randomUUID(),
        functionId: fn.metadata.functionId ?? fn.name,
        inputData: [{ name: fn.bindingName, data: input.data }],
        triggerMetadata: input.metadata,
        traceContext: {
          traceParent: newTraceParent(input.traceParent),
          traceState: "",
          attributes: {},
        },
      }),
      functionTimeoutMs,
      `Timeout value of ${functionTimeoutMs} ms was exceeded by function: Functions.${fn.name}`,
      () => onStuck(fn),
    );
    await sendOutputs(fn, response);
    return response;
  }
}
