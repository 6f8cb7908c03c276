/** Why a restore point is kept or deleted: as data, and as a sentence for people. */
import { durationText } from "../policy/duration.ts";
import type { TierName } from "./retention-rule.ts";

/** What keeps a restore point that no rule would. */
export interface Hold {
  readonly kind: "legalHold" | "grant" | "copyPending" | "chainStart" | "inUse";
  readonly detail?: string;
}

export type RetentionReason =
  | { readonly kind: "hold"; readonly hold: Hold }
  | { readonly kind: "newestGood" | "unclaimed" }
  | { readonly kind: "floor" | "last"; readonly claim: string; readonly count: number }
  | {
      readonly kind: "tier";
      readonly claim: string;
      readonly tier: TierName;
      readonly count: number;
    }
  /** The rule has no tiers. */
  | { readonly kind: "everything"; readonly claim: string; readonly maxAge?: number }
  /** Nothing makes new ones, and the policy keeps what is there. */
  | { readonly kind: "kept"; readonly claim: string }
  | { readonly kind: "untilDelay"; readonly claim: string; readonly until: string }
  /** Somebody asked for it to be kept until then. */
  | { readonly kind: "asked"; readonly until: string }
  | { readonly kind: "askedOver"; readonly until: string }
  /** Somebody asked for it to be in that region alone. */
  | { readonly kind: "movedTo"; readonly region: string }
  /** No tier of the claim keeps it. */
  | { readonly kind: "superseded"; readonly claim: string; readonly rule: string }
  | { readonly kind: "tooOld"; readonly claim: string; readonly maxAge: number }
  | { readonly kind: "delayOver"; readonly claim: string; readonly since: string }
  | {
      readonly kind: "nearLimit";
      readonly ours: number;
      readonly others: number;
      readonly most: number;
    };

const SPANS: Readonly<Record<TierName, string>> = {
  hourly: "hour",
  daily: "day",
  weekly: "week",
  monthly: "month",
  yearly: "year",
};

const HOLDS: Readonly<Record<Hold["kind"], string>> = {
  legalHold: "Kept by a legal hold",
  grant: "Kept while access to it is granted",
  copyPending: "Kept until it is copied",
  chainStart: "Kept as the first of a chain of copies: the next one would be full again without it",
  inUse: "Kept while it is in use",
};

const newest = (count: number, what: string): string =>
  count === 1 ? `the newest ${what}` : `the newest ${count} ${what}s`;

export function explainReason(reason: RetentionReason): string {
  switch (reason.kind) {
    case "hold": {
      const { kind, detail } = reason.hold;
      return detail === undefined ? `${HOLDS[kind]}.` : `${HOLDS[kind]} (${detail}).`;
    }
    case "newestGood":
      return "Kept as the newest good restore point of the VM.";
    case "unclaimed":
      return "Kept because no policy has a rule for it.";
    case "floor":
      return `Kept by ${reason.claim}: one of ${newest(reason.count, "restore point")}, its floor.`;
    case "last":
      return `Kept by ${reason.claim}: one of ${newest(reason.count, "restore point")}.`;
    case "tier": {
      const span = SPANS[reason.tier];
      return `Kept by ${reason.claim}: the first of its ${span}, one of ${newest(reason.count, span)}.`;
    }
    case "everything":
      return reason.maxAge === undefined
        ? `Kept by ${reason.claim}, which keeps everything.`
        : `Kept by ${reason.claim} until it is ${durationText(reason.maxAge)} old.`;
    case "kept":
      return `Kept by ${reason.claim}.`;
    case "asked":
      return `Kept until ${reason.until}, as was asked for.`;
    case "untilDelay":
      return `Kept by ${reason.claim} until ${reason.until}.`;
    default:
      return explainDeletion(reason);
  }
}

type DeletionReason = Extract<
  RetentionReason,
  { kind: "superseded" | "tooOld" | "delayOver" | "askedOver" | "movedTo" | "nearLimit" }
>;

function explainDeletion(reason: DeletionReason): string {
  switch (reason.kind) {
    case "superseded":
      return `${reason.claim} keeps ${reason.rule}, and this is none of them.`;
    case "tooOld":
      return `${reason.claim} keeps nothing older than ${durationText(reason.maxAge)}.`;
    case "delayOver":
      return `${reason.claim} deletes all but its floor since ${reason.since}.`;
    case "askedOver":
      return `It was asked for until ${reason.until}.`;
    case "movedTo":
      return `It was asked for in ${reason.region} alone, and its copy there is complete.`;
    case "nearLimit": {
      const { ours, others, most } = reason;
      return `Deleted earlier than asked: ${ours} restore points and ${others} others are more than ${most}.`;
    }
    default:
      return reason satisfies never;
  }
}
