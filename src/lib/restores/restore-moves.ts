/**
 * The moves of a restore. Pure. What is begun has its operation's id in the row before there is an operation.
 *
 *     disks, network interface ──► VM        first what it consists of, all at once, then the VM
 *     VM ──► disks, network interface        the other way round when it is removed
 *
 * A restore of which a step has failed begins nothing more, and waits for what is under way: only what has settled can
 * be removed for good.
 */
import type { ArmProblem } from "../operations/arm-problem.ts";
import type { Restore, RestoredResource, RestoreProblem } from "./restore.ts";

const MINUTE = 60_000;
/** A deletion that failed is tried again after five minutes, then ten, twenty, and so on up to an hour. */
const cleanUpAgainMs = (failed: number): number =>
  Math.min(60 * MINUTE, 5 * MINUTE * 2 ** Math.min(failed, 10));

export interface Moving {
  readonly now: Date;
  readonly newUlid: (now: Date) => string;
}

/** The restore with what can be begun by now, or can end. Undefined: there is nothing to do. */
export function next(restore: Restore, moving: Moving): Restore | undefined {
  switch (restore.state) {
    case "Creating":
      return nextCreation(restore, moving);
    case "CleaningUp":
      return nextDeletion(restore, moving);
    default:
      return undefined;
  }
}

function nextCreation(restore: Restore, moving: Moving): Restore | undefined {
  const { resources } = restore;
  if (has(restore, "Failed")) {
    if (has(restore, "Creating")) return undefined;
    const left = restore.onFailure === "keep" ? resources.map(kept) : resources;
    const failedAt = moving.now.toISOString();
    return nextDeletion({ ...restore, state: "CleaningUp", failedAt, resources: left }, moving);
  }
  if (resources.every(({ state }) => state === "Created")) {
    return ended(restore, "Succeeded", moving);
  }
  const parts = resources.filter(({ role }) => role !== "virtualMachine");
  const mayBegin = parts.every(({ state }) => state === "Created") ? () => true : isPart;
  return begin(restore, "Creating", moving, (each) => each.state === "Waiting" && mayBegin(each));
}

const kept = (resource: RestoredResource): RestoredResource =>
  resource.state === "Created" ? { ...resource, state: "Kept" } : resource;

/** What failed may be there all the same, half made: it is deleted as what was made is, also when that is kept. */
function nextDeletion(restore: Restore, moving: Moving): Restore | undefined {
  if (has(restore, "Deleting")) return undefined;
  const left = restore.resources.filter(({ state }) => state === "Created" || state === "Failed");
  if (left.length === 0) return ended(restore, "Failed", moving);
  const { cleanUpAt, ...rest } = restore;
  if (cleanUpAt !== undefined && Date.parse(cleanUpAt) > moving.now.getTime()) return undefined;
  const isVmLeft = left.some((each) => !isPart(each));
  return begin(
    rest,
    "Deleting",
    moving,
    (each) => left.includes(each) && isPart(each) !== isVmLeft,
  );
}

const isPart = ({ role }: RestoredResource): boolean => role !== "virtualMachine";

const has = ({ resources }: Restore, state: RestoredResource["state"]): boolean =>
  resources.some((each) => each.state === state);

function begin(
  restore: Restore,
  state: "Creating" | "Deleting",
  { now, newUlid }: Moving,
  isMeant: (resource: RestoredResource) => boolean,
): Restore | undefined {
  if (!restore.resources.some(isMeant)) return undefined;
  const resources = restore.resources.map((resource) => {
    if (!isMeant(resource)) return resource;
    const { errorCode: _, ...rest } = resource;
    return { ...rest, state, operation: newUlid(now) };
  });
  return { ...restore, resources };
}

function ended(restore: Restore, state: "Succeeded" | "Failed", { now }: Moving): Restore {
  const { cleanUpAt: _, cleanUps: __, ...rest } = restore;
  return { ...rest, state, endedAt: now.toISOString() };
}

/** Nothing was made. */
export const refused = (
  restore: Restore,
  why: { readonly error: ArmProblem; readonly problems?: readonly RestoreProblem[] },
  now: Date,
): Restore => ({
  ...restore,
  state: "Failed",
  error: why.error,
  ...(why.problems === undefined ? {} : { problems: [...why.problems] }),
  endedAt: now.toISOString(),
});

/** The end of a step. Undefined: the row does not wait for that operation, or not any more. */
export function afterStep(
  restore: Restore,
  operation: string,
  error: ArmProblem | undefined,
  now: Date,
): Restore | undefined {
  const resource = restore.resources.find((each) => each.operation === operation);
  if (resource?.state !== "Creating" && resource?.state !== "Deleting") return undefined;
  const isDeletion = resource.state === "Deleting";
  const succeeded = isDeletion ? "Deleted" : "Created";
  const after: RestoredResource = error
    ? { ...resource, state: "Failed", errorCode: error.code }
    : { ...resource, state: succeeded };
  const { cleanUps = 0 } = restore;
  const again = new Date(now.getTime() + cleanUpAgainMs(cleanUps)).toISOString();
  return {
    ...restore,
    resources: restore.resources.map((each) => (each === resource ? after : each)),
    // The first failure is why it failed; what its clean-up meets is told by its resources.
    ...(error && !isDeletion && !restore.error ? { error } : {}),
    // Once for all that fail at about the same time.
    ...(error && isDeletion && !restore.cleanUpAt
      ? { cleanUpAt: again, cleanUps: cleanUps + 1 }
      : {}),
  };
}

/** The same restore once more. What it kept stays on record, in case that it is refused this time. */
export const restarted = (failed: Restore, fresh: Restore): Restore => ({
  ...fresh,
  attempt: failed.attempt + 1,
  resources: fresh.resources.map((resource) => {
    const before = failed.resources.find(
      ({ name, role }) => name === resource.name && role === resource.role,
    );
    return before?.state === "Kept" ? before : resource;
  }),
});

/**
 * It can be carried out as a whole. What was kept is taken as it is: its owner may have changed it since, or use it, and
 * is not to lose it by what follows.
 */
export const checked = (restore: Restore, network: Restore["network"]): Restore => ({
  ...restore,
  ...(network === undefined ? {} : { network }),
  state: "Creating",
  resources: restore.resources.map((resource) =>
    resource.state === "Kept" ? { ...resource, state: "Created" } : resource,
  ),
});
