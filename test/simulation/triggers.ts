/** What the app registers, read from its own trigger table, so that a function added there runs here as well. */
import type { FunctionOutput, InvocationContext, Timer } from "@azure/functions";
import { type App, registerTriggers } from "../../src/app.ts";
import { outputs } from "../../src/functions/outputs.ts";
import { registerRoutes } from "../../src/routes.ts";
import type { Services } from "../../src/services.ts";

type Handler = (input: unknown, context: InvocationContext) => unknown;

export interface Trigger {
  readonly name: string;
  readonly handler: Handler;
}

export interface TimerTrigger extends Trigger {
  /** NCRONTAB: six fields, the first is the second; UTC. */
  readonly schedule: string;
}

export interface Triggers {
  /** By the name of the queue. */
  readonly queues: ReadonlyMap<string, Trigger>;
  readonly timers: readonly TimerTrigger[];
  /** By the name of the function. */
  readonly events: ReadonlyMap<string, Trigger>;
  readonly routes: ReadonlyMap<string, Trigger>;
}

/** What a timer's function gets. */
export const timer: Timer = {
  schedule: { adjustForDST: true },
  scheduleStatus: { last: "", next: "", lastUpdated: "" },
  isPastDue: false,
};

type QueueOutput = FunctionOutput & { readonly queueName: string };
export const queueOutputs = Object.values(outputs) as readonly QueueOutput[];

interface Options {
  readonly handler: Handler;
  readonly queueName: string;
  readonly schedule: string;
}

export function triggersOf(services: Services): Triggers {
  const queues = new Map<string, Trigger>();
  const events = new Map<string, Trigger>();
  const routes = new Map<string, Trigger>();
  const timers: TimerTrigger[] = [];
  const app = {
    eventGrid: (name: string, { handler }: Options) => events.set(name, { name, handler }),
    timer: (name: string, { handler, schedule }: Options) =>
      timers.push({ name, handler, schedule }),
    storageQueue: (name: string, { handler, queueName }: Options) =>
      queues.set(queueName, { name, handler }),
    http: (name: string, { handler }: Options) => routes.set(name, { name, handler }),
  };
  // The registrations differ in the type of their input only, which the trigger decides at run time.
  registerTriggers(app as unknown as App, services);
  registerRoutes(app as unknown as App, services);
  return { queues, timers, events, routes };
}

/** The same trigger, whose answer can be had when it has answered. */
export function answering(route: Trigger | undefined) {
  let answer: unknown;
  const trigger = route && {
    ...route,
    handler: async (...args: Parameters<Handler>) => {
      answer = await route.handler(...args);
    },
  };
  return { trigger, answer: () => answer };
}
