/** A registered function, read once: what triggers it and where its outputs go. */
import type { AuthLevel } from "../http/authorize.ts";
import type { FunctionCallback } from "./programming-model.ts";
import type { FunctionMetadata } from "./rpc.ts";

export interface HttpTrigger {
  readonly kind: "http";
  /** Without the prefix; undefined means the function's name. */
  readonly route: string | undefined;
  readonly methods: readonly string[];
  readonly authLevel: AuthLevel;
}

export interface QueueTrigger {
  readonly kind: "queue";
  readonly queueName: string;
  readonly connection: string;
  readonly isBinary: boolean;
}

export interface TimerTrigger {
  readonly kind: "timer";
  readonly schedule: string;
  readonly runOnStartup: boolean;
  readonly useMonitor: boolean;
}

export interface EventGridTrigger {
  readonly kind: "eventGrid";
  /** One invocation gets all events of a delivery, as an array. */
  readonly isBatched: boolean;
}

export type Trigger = HttpTrigger | QueueTrigger | TimerTrigger | EventGridTrigger;

export interface QueueOutput {
  /** Of the binding; `$return` for the returned value. */
  readonly name: string;
  readonly queueName: string;
  readonly connection: string;
}

export interface HostedFunction<T extends Trigger = Trigger> {
  readonly name: string;
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
  readonly bindingName: string;
  readonly trigger: T;
  readonly outputs: readonly QueueOutput[];
}

/** Narrows a list of functions to those of one kind of trigger. */
export function triggeredBy<K extends Trigger["kind"]>(
  functions: readonly HostedFunction[],
  kind: K,
): HostedFunction<Extract<Trigger, { kind: K }>>[] {
  const isOfKind = (each: HostedFunction): each is HostedFunction<Extract<Trigger, { kind: K }>> =>
    each.trigger.kind === kind;
  return functions.filter(isOfKind);
}
