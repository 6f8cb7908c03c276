/**
 * Lets only one of several hosts run something: whoever holds the lease of a blob. The holder renews it at half
 * time; the others ask again now and then. After a crash the lease ends by itself.
 */
import { RestError } from "@azure/core-rest-pipeline";
import type { BlobLeaseClient, BlockBlobClient } from "@azure/storage-blob";
import type { Listener } from "../listening/listener.ts";
import type { SingletonOptions } from "../settings/host-configuration.ts";
import { wait } from "./long-delay.ts";

export interface SingletonWork {
  readonly lock: BlockBlobClient;
  readonly options: SingletonOptions;
  /** Runs while the lease is held, until the signal is aborted. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

export function startSingleton(work: SingletonWork): Listener {
  const stopping = new AbortController();
  const loop = holdAndRun(work, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await loop;
    },
  };
}

async function holdAndRun(work: SingletonWork, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const lease = await acquire(work);
    if (lease === undefined) {
      await wait(work.options.listenerLockRecoveryPollingIntervalMs, stopping);
      continue;
    }
    const lost = new AbortController();
    const isOver = AbortSignal.any([stopping, lost.signal]);
    const renewals = renew(work, lease, lost, isOver);
    await work.run(isOver);
    // A schedule without an end to wait for keeps its lease, so that no other host starts it again.
    await until(isOver);
    await renewals;
    // Freed at once on a graceful end, so that another host need not wait for the lease to run out.
    if (!lost.signal.aborted) await lease.releaseLease().catch(work.onError);
  }
}

async function acquire(work: SingletonWork): Promise<BlobLeaseClient | undefined> {
  const lease = work.lock.getBlobLeaseClient();
  try {
    await ensureExists(work.lock);
    await lease.acquireLease(work.options.listenerLockPeriodMs / 1000);
    return lease;
  } catch (error) {
    if (!isConflict(error)) work.onError(error);
    return undefined;
  }
}

async function ensureExists(lock: BlockBlobClient): Promise<void> {
  if (await lock.exists()) return;
  await lock.upload("", 0, { conditions: { ifNoneMatch: "*" } }).catch((error: unknown) => {
    if (!isConflict(error)) throw error;
  });
}

async function renew(
  { options, onError }: SingletonWork,
  lease: BlobLeaseClient,
  lost: AbortController,
  isOver: AbortSignal,
): Promise<void> {
  let expiresAt = Date.now() + options.listenerLockPeriodMs;
  let delayMs = options.listenerLockPeriodMs / 2;
  while (!isOver.aborted) {
    await wait(delayMs, isOver);
    if (isOver.aborted) return;
    try {
      const askedAt = Date.now();
      await lease.renewLease();
      expiresAt = askedAt + options.listenerLockPeriodMs;
      delayMs = options.listenerLockPeriodMs / 2;
    } catch (error) {
      onError(error);
      delayMs = 1000;
      if (isConflict(error) || Date.now() > expiresAt) lost.abort();
    }
  }
}

async function until(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await wait(2 ** 30, signal);
}

/** Somebody else holds the lease, or has made the blob in the meantime. */
function isConflict(error: unknown): boolean {
  return error instanceof RestError && (error.statusCode === 409 || error.statusCode === 412);
}
