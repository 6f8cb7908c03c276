/** One page of one step of a pass. Every page can be done twice: it only asks for plans, which read for themselves. */
import type { ArmFailure } from "../operations/arm.ts";
import { type PaceReadingDeps, pauseReading, untilReading } from "../operations/pace-reading.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Log } from "../telemetry.ts";
import { passKey, type ReconcileMessage, type Step } from "./pass.ts";
import { MOST_COLLECTIONS, reconcileCollections } from "./reconcile-collections.ts";
import type { ReconcileDeps, ReconcileScope, StepOutcome } from "./reconcile-deps.ts";
import { reconcileVanished } from "./reconcile-vanished.ts";
import { reconcileVms } from "./reconcile-vms.ts";
import { forgetSeen } from "./seen.ts";

/** Short enough to go on soon, long enough for an outage not to fill the queue. */
const AGAIN_MS = 60_000;

/** Each step, how much it reads of Azure for one message, and what follows. */
const STEPS: Readonly<
  Record<
    Step,
    {
      readonly readings: number;
      readonly next?: Step;
      readonly run: (scope: ReconcileScope) => Promise<StepOutcome>;
    }
  >
> = {
  collections: { readings: MOST_COLLECTIONS + 1, next: "vms", run: reconcileCollections },
  vms: { readings: 1, next: "vanished", run: reconcileVms },
  vanished: { readings: 0, run: reconcileVanished },
};

export interface ReconcilePageDeps extends ReconcileDeps, PaceReadingDeps {}

export const reconcilePage =
  (deps: ReconcilePageDeps) =>
  async (message: ReconcileMessage, log: Log): Promise<void> => {
    const { subscriptionId } = message;
    const current = (await deps.tables.passes.get(passKey(subscriptionId)))?.record;
    if (current?.startedAt !== message.pass || current.finishedAt !== undefined) {
      log.info("messageDropped", { subscription: subscriptionId, reason: "overtaken" });
      return;
    }
    if (await isPostponed(deps, message)) return;
    const outcome = await STEPS[message.step].run({ deps, message, log });
    if (outcome.kind === "failed") return await afterFailure(deps, message, outcome.failure, log);
    const next = following(message, outcome);
    if (next) return await deps.delayed.reconcile(next, 0);
    await finish(deps, message, current.previousAt);
    log.info("subscriptionReconciled", { subscription: subscriptionId });
  };

/** The lists queue up behind the VMs that are being planned: a fleet that was tagged just now is not taken for drift. */
async function isPostponed(deps: ReconcilePageDeps, message: ReconcileMessage): Promise<boolean> {
  const { readings } = STEPS[message.step];
  if (message.paced || readings === 0) return false;
  const delay = await untilReading(deps, message.subscriptionId, readings);
  if (delay === 0) return false;
  await deps.delayed.reconcile({ ...message, paced: true }, delay);
  return true;
}

function following(
  { continuation, done: _, paced: __, ...message }: ReconcileMessage,
  outcome: Extract<StepOutcome, { kind: "done" }>,
): ReconcileMessage | undefined {
  if (outcome.done !== undefined) {
    return {
      ...message,
      ...(continuation === undefined ? {} : { continuation }),
      done: outcome.done,
    };
  }
  if (outcome.continuation !== undefined) {
    return { ...message, page: message.page + 1, continuation: outcome.continuation };
  }
  const { next } = STEPS[message.step];
  return next && { ...message, step: next, page: 0 };
}

/** What the pass before this one saw is not needed any more. */
async function finish(
  { tables, now }: ReconcileDeps,
  { subscriptionId }: ReconcileMessage,
  previousAt: string | undefined,
): Promise<void> {
  if (previousAt !== undefined) await forgetSeen(tables.seen, { subscriptionId, pass: previousAt });
  await changeRecord(tables.passes, passKey(subscriptionId), (pass) => {
    const { unreachable: _, ...rest } = pass;
    return { ...rest, finishedAt: now().toISOString() };
  });
}

/** A subscription that does not answer is no reason to change anything: the page is asked for again, or the next pass does. */
async function afterFailure(
  deps: ReconcilePageDeps,
  { paced: _, ...message }: ReconcileMessage,
  failure: ArmFailure,
  log: Log,
): Promise<void> {
  const { subscriptionId } = message;
  if (failure.kind === "throttled") {
    const { retryAfterMs, subscriptionWide } = failure;
    if (subscriptionWide) await pauseReading(deps, subscriptionId, retryAfterMs);
    return await deps.delayed.reconcile(message, retryAfterMs);
  }
  if (failure.kind === "unsettled") return await deps.delayed.reconcile(message, AGAIN_MS);
  const { code } = failure.error;
  log.warn("subscriptionUnreachable", { subscription: subscriptionId, code });
  await changeRecord(deps.tables.passes, passKey(subscriptionId), (pass) => ({
    ...pass,
    unreachable: `${code}: ${failure.error.message}`,
  }));
}
