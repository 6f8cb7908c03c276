/** Why a grant, or its SAS, is not to be had, as the API says it. */
import type { Refusal } from "../grants/disk-locks.ts";
import type { Grant } from "../grants/grant.ts";
import { ApiError, type ErrorDetail } from "./api-error.ts";

const CODES: Readonly<Record<Refusal["kind"], string>> = {
  heldByAnother: "DiskHeldByAnother",
  familyFull: "TooManyOfThisDisk",
  vmFull: "TooManyOfThisVm",
  ending: "GrantEnding",
};

const WORDS: Readonly<Record<Refusal["kind"], string>> = {
  heldByAnother: "Somebody else may read it.",
  familyFull: "Azure gives access to five restore points of one disk at a time.",
  vmFull: "Seventy disk restore points of one VM can be granted at a time.",
  ending: "Your grant on it is just ending; ask again in a moment.",
};

const detailOf = ({ kind, disk, freeAt }: Refusal): ErrorDetail => ({
  code: CODES[kind],
  message: `${disk}: ${WORDS[kind]} It is free at ${freeAt}, or before.`,
  target: "disk",
});

const MOMENT_SECONDS = 5;

/** 409, with the time when it is worth trying again. */
export function disksNotAvailable(refusals: readonly Refusal[], now: Date): ApiError {
  const details = refusals.map(detailOf);
  const [first] = details;
  const freeAt = Math.max(...refusals.map((each) => Date.parse(each.freeAt)));
  const isMoment = refusals.every(({ kind }) => kind === "ending");
  const seconds = Math.max(1, Math.ceil((freeAt - now.getTime()) / 1000));
  return new ApiError(
    409,
    {
      code: details.length === 1 && first ? first.code : "DisksNotAvailable",
      message:
        details.length === 1 && first
          ? first.message
          : `${details.length} of the disks cannot be granted now; nothing was granted.`,
      details,
    },
    { "Retry-After": String(isMoment ? MOMENT_SECONDS : seconds) },
  );
}

export const notHolder = (): ApiError =>
  new ApiError(403, {
    code: "NotTheHolder",
    message: "Only the holder of the grant reads its disk.",
  });

export function notActive({ state, expiresAt }: Grant): ApiError {
  const isComing = state === "Requested" || state === "Granting";
  const message = isComing
    ? "The access is being granted: wait for the operation."
    : `The grant is ${state}, and its time was up at ${expiresAt}.`;
  return new ApiError(
    409,
    { code: isComing ? "AccessNotReady" : "GrantNotActive", message },
    isComing ? { "Retry-After": "2" } : {},
  );
}

export const accessNotReady = (seconds: number): ApiError =>
  new ApiError(
    409,
    { code: "AccessNotReady", message: "Azure is asked for the access anew: read it again." },
    { "Retry-After": String(seconds) },
  );
