/** One process of the app: the real trigger table on services whose every effect can be the last. */
import { createMayRead } from "../../src/lib/grants/may-read.ts";
import type { Notifications } from "../../src/lib/notify/notifications.ts";
import { createPace } from "../../src/lib/operations/pacer.ts";
import { createPartnerStore } from "../../src/lib/partners/partner-store.ts";
import { createRateLimit } from "../../src/lib/partners/rate-limit.ts";
import { azureLimits } from "../../src/lib/policy/azure-limits.ts";
import type { Policy } from "../../src/lib/policy/policy.ts";
import { createAzureFacts } from "../../src/lib/restores/azure-facts.ts";
import type { Tables } from "../../src/lib/state/tables.ts";
import { queues } from "../../src/names.ts";
import type { Services } from "../../src/services.ts";
import type { FakeArm } from "../fakes/fake-arm.ts";
import { fixedPolicies } from "../fakes/fixed-policies.ts";
import { memoryLegalHolds } from "../fakes/memory-legal-holds.ts";
import { memoryRecordCopies } from "../fakes/memory-record-copies.ts";
import { memoryRecordedVms } from "../fakes/memory-recorded-vms.ts";
import { type Effects, withEffects } from "./crash.ts";
import type { Durable } from "./durable.ts";
import { type Triggers, triggersOf } from "./triggers.ts";

export interface Surroundings {
  readonly durable: Durable;
  readonly arm: FakeArm;
  readonly effects: Effects;
  readonly now: () => number;
  readonly newUlid: () => string;
  readonly sleepUntil: (at: Date) => Promise<void>;
  readonly subscriptions: readonly string[];
  readonly policies: ReadonlyMap<string, Policy>;
  /** Puts a message on a queue, or loses it. */
  readonly send: (queue: string, message: object, delayMs: number) => void;
  /** Left out: nobody is told. */
  readonly publish?: Notifications["publish"] | undefined;
}

/** With its services, for what has no trigger of its own. */
export function startProcess(surroundings: Surroundings): Triggers & { services: Services } {
  surroundings.effects.restart();
  const services = servicesIn(surroundings);
  return { ...triggersOf(services), services };
}

/** Nearly every queue is named as its message is. */
const queueOf: Readonly<Record<keyof Services["delayed"], string>> = {
  ...queues,
  reconcile: queues.reconcileFleet,
};

function servicesIn(surroundings: Surroundings): Services {
  const { durable, arm, effects, now, newUlid, send, subscriptions, policies, sleepUntil } =
    surroundings;
  const { publish } = surroundings;
  const guarded = <T extends object>(port: T) => withEffects(port, effects);
  const tables = Object.fromEntries(
    Object.entries(durable.tables).map(([name, table]) => [name, guarded<object>(table)]),
  ) as unknown as Tables;
  const unguarded = Object.fromEntries(
    Object.entries(queueOf).map(([name, queue]) => [
      name,
      async (message: object, delayMs: number) => send(queue, message, delayMs),
    ]),
  ) as unknown as Services["delayed"];
  const delayed = guarded(unguarded);
  const partners = createPartnerStore(tables);
  const guardedArm = guarded(arm);
  return {
    now: () => new Date(now()),
    newUlid,
    tables,
    recordedVms: guarded(memoryRecordedVms(durable.recordedVms)),
    delayed,
    legalHolds: guarded(memoryLegalHolds(durable.legalHolds)),
    arm: guardedArm,
    azureFacts: createAzureFacts(guardedArm, () => new Date(now())),
    pace: createPace(tables.pacer),
    policies: fixedPolicies(policies),
    policyCopies: memoryRecordCopies(),
    partners,
    partnerCopies: memoryRecordCopies(),
    rateLimit: createRateLimit(),
    mayRead: createMayRead(partners),
    notifications: publish && {
      tell: (message, delayMs = 0) => delayed.notify(message, delayMs),
      publish: (notification) => effects.run(() => publish(notification)),
    },
    disks: { changedRanges: async () => ({ kind: "page", ranges: [] }) },
    limits: azureLimits,
    subscriptions,
    tagName: "restore-points",
    submitLeaseMs: 60_000,
    sleepUntil,
    corsOrigins: [],
    authenticate: async (principal) => JSON.parse(principal ?? ""),
  };
}
