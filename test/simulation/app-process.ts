/** One process of the app: the real trigger table on services whose every effect can be the last. */
import type { InvocationContext } from "@azure/functions";
import { type App, registerFunctions } from "../../src/app.ts";
import { createPace } from "../../src/lib/operations/pacer.ts";
import { azureLimits } from "../../src/lib/policy/policy-limits.ts";
import type { Tables } from "../../src/lib/state/tables.ts";
import { queues } from "../../src/names.ts";
import type { Services } from "../../src/services.ts";
import type { FakeArm } from "../fakes/fake-arm.ts";
import { fixedPolicies } from "../fakes/fixed-policies.ts";
import { memoryPolicyCopies } from "../fakes/memory-policy-copies.ts";
import { memoryVmModels } from "../fakes/memory-vm-models.ts";
import { type Effects, withEffects } from "./crash.ts";
import type { Durable } from "./durable.ts";

export type Handler = (input: unknown, context: InvocationContext) => unknown;

export interface Surroundings {
  readonly durable: Durable;
  readonly arm: FakeArm;
  readonly effects: Effects;
  readonly now: () => number;
  readonly newUlid: () => string;
}

/** The handlers by function name; those of queues by the name of their queue. */
export function startProcess(surroundings: Surroundings): Map<string, Handler> {
  const handlers = new Map<string, Handler>();
  const add = (name: string, { handler }: { handler: Handler }) => handlers.set(name, handler);
  const app = {
    eventGrid: add,
    timer: add,
    http: add,
    storageQueue: (_name: string, options: { queueName: string; handler: Handler }) =>
      handlers.set(options.queueName, options.handler),
  };
  surroundings.effects.restart();
  // The registrations differ in the type of their input only, which the trigger decides at run time.
  registerFunctions(app as unknown as App, servicesIn(surroundings));
  return handlers;
}

function servicesIn({ durable, arm, effects, now, newUlid }: Surroundings): Services {
  const guarded = <T extends object>(port: T) => withEffects(port, effects);
  const tables: Tables = {
    protections: guarded(durable.tables.protections),
    points: guarded(durable.tables.points),
    copies: guarded(durable.tables.copies),
    foreignPoints: guarded(durable.tables.foreignPoints),
    switches: guarded(durable.tables.switches),
    operations: guarded(durable.tables.operations),
    active: guarded(durable.tables.active),
    due: guarded(durable.tables.due),
    pacer: guarded(durable.tables.pacer),
    policies: guarded(durable.tables.policies),
  };
  const send = async (queue: string, message: object, delayMs: number) =>
    durable.send(queue, message, delayMs, now());
  return {
    now: () => new Date(now()),
    newUlid,
    tables,
    vmModels: guarded(memoryVmModels(durable.vmModels)),
    delayed: guarded({
      planVm: (message, delayMs) => send(queues.planVm, message, delayMs),
      planPoints: (message, delayMs) => send(queues.planPoints, message, delayMs),
      planFleet: (message, delayMs) => send(queues.planFleet, message, delayMs),
      startOperation: (message, delayMs) => send(queues.startOperation, message, delayMs),
      trackOperation: (message, delayMs) => send(queues.trackOperation, message, delayMs),
    }),
    arm: guarded(arm),
    pace: createPace(tables.pacer),
    policies: fixedPolicies(),
    policyCopies: memoryPolicyCopies(),
    limits: azureLimits,
    tagName: "restore-points",
    submitLeaseMs: 60_000,
    authenticate: () => Promise.reject(new Error("No HTTP here.")),
  };
}
