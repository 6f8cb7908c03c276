/** One page of one step of a pass. Every page can be done twice: it only asks for plans, which read for themselves. */
import type { ArmFailure } from "../operations/arm.ts";
import { changeRecord } from "../state/change-record.ts";
import type { Log } from "../telemetry.ts";
import { passKey, type ReconcileMessage } from "./pass.ts";
import { reconcileCollections } from "./reconcile-collections.ts";
import type { ReconcileDeps, StepOutcome } from "./reconcile-deps.ts";
import { reconcileVanished } from "./reconcile-vanished.ts";
import { reconcileVms } from "./reconcile-vms.ts";

/** Short enough to go on soon, long enough for an outage not to fill the queue. */
const AGAIN_MS = 60_000;
/** A pass that is overtaken by the next one ends. */
const STEPS: Readonly<Record<ReconcileMessage["step"], ReconcileMessage["step"] | undefined>> = {
  vms: "vanished",
  vanished: "collections",
  collections: undefined,
};

export const reconcilePage =
  (deps: ReconcileDeps) =>
  async (message: ReconcileMessage, log: Log): Promise<void> => {
    const current = (await deps.tables.passes.get(passKey(message.subscriptionId)))?.record;
    if (current?.startedAt !== message.pass || current.finishedAt !== undefined) {
      log.info("messageDropped", { subscription: message.subscriptionId, reason: "overtaken" });
      return;
    }
    const outcome = await stepOf(deps, message, log);
    if (outcome.kind === "failed") return await afterFailure(deps, message, outcome.failure, log);
    const next = following(message, outcome);
    if (next) return await deps.delayed.reconcile(next, 0);
    await changeRecord(deps.tables.passes, passKey(message.subscriptionId), (pass) => {
      const { unreachable: _, ...rest } = pass;
      return { ...rest, finishedAt: deps.now().toISOString() };
    });
    log.info("subscriptionReconciled", { subscription: message.subscriptionId });
  };

function stepOf(deps: ReconcileDeps, message: ReconcileMessage, log: Log): Promise<StepOutcome> {
  switch (message.step) {
    case "vms":
      return reconcileVms(deps, message, log);
    case "vanished":
      return reconcileVanished(deps, message, log);
    case "collections":
      return reconcileCollections(deps, message, log);
    default:
      return message.step satisfies never;
  }
}

function following(
  { continuation: _, ...message }: ReconcileMessage,
  { continuation }: Extract<StepOutcome, { kind: "done" }>,
): ReconcileMessage | undefined {
  if (continuation !== undefined) return { ...message, page: message.page + 1, continuation };
  const step = STEPS[message.step];
  return step && { ...message, step, page: 0 };
}

/** A subscription that does not answer is no reason to change anything: the page is asked for again, or the next pass does. */
async function afterFailure(
  deps: ReconcileDeps,
  message: ReconcileMessage,
  failure: ArmFailure,
  log: Log,
): Promise<void> {
  const { code } = failure.error;
  if (failure.kind === "throttled")
    return await deps.delayed.reconcile(message, failure.retryAfterMs);
  if (failure.kind === "unsettled") return await deps.delayed.reconcile(message, AGAIN_MS);
  log.warn("subscriptionUnreachable", { subscription: message.subscriptionId, code });
  await changeRecord(deps.tables.passes, passKey(message.subscriptionId), (pass) => ({
    ...pass,
    unreachable: `${code}: ${failure.error.message}`,
  }));
}
