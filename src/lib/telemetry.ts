/** One line per thing that happened. The names are fixed, so that they can be searched and alerted on. */

export type EventName =
  | "eventIgnored"
  | "vmChanged"
  | "vmGone"
  | "vmRetiring"
  | "vmThrottled"
  | "protectionChanged"
  | "tagMisconfigured"
  | "restorePointRequested"
  | "restorePointPlanned"
  | "restorePointSubmitted"
  | "restorePointSucceeded"
  | "restorePointFailed"
  | "copyRequested"
  | "copyPlanned"
  | "copySubmitted"
  | "copySucceeded"
  | "copyFailed"
  | "deletionPlanned"
  | "deletionSubmitted"
  | "deletionSucceeded"
  | "deletionFailed"
  | "deletionsOff"
  | "restoreRequested"
  | "restoreChecked"
  | "restoreStepSubmitted"
  | "restoreStepSucceeded"
  | "restoreStepFailed"
  | "restoreSucceeded"
  | "restoreFailed"
  | "holdPlaced"
  | "holdLifted"
  | "driftFound"
  | "rebuildStarted"
  | "switchThrown"
  | "passUnderWay"
  | "subscriptionReconciled"
  | "subscriptionUnreachable"
  | "nearPointLimit"
  | "policyWritten"
  | "policyRetired"
  | "policyUnreadable"
  | "policyRestored"
  | "policyCopyUnreadable"
  | "policyNotCopied"
  | "policyFileApplied"
  | "policyFileWrong"
  | "partnerWritten"
  | "partnerDeleted"
  | "partnerRestored"
  | "partnerCopyUnreadable"
  | "partnerNotCopied"
  | "fleetPlanned"
  | "accessSubmitted"
  | "accessGranted"
  | "accessFailed"
  | "accessRead"
  | "accessUnavailable"
  | "revocationSubmitted"
  | "revocationSucceeded"
  | "revocationFailed"
  | "revocationLate"
  | "grantsSwept"
  | "grantRequested"
  | "grantRefused"
  | "grantExtended"
  | "grantEnding"
  | "grantRevoked"
  | "grantFailed"
  | "rpoBreached"
  | "breachesCounted"
  | "notificationPublished"
  | "notificationGivenUp"
  | "operationPostponed"
  | "operationUnsettled"
  | "operationLooked"
  | "operationOverdue"
  | "messageDropped"
  | "messagePoisoned"
  | "sweepFailed"
  | "slotsDue"
  | "pointsDue"
  | "requestServed"
  | "callerRefused"
  | "requestFailed";

/** Values only: ids, names, codes and times. Never a SAS, a token, a key or a body. */
export type Fields = Readonly<Record<string, string | number | undefined>>;

export interface Log {
  info(event: EventName, fields: Fields): void;
  warn(event: EventName, fields: Fields): void;
  error(event: EventName, fields: Fields): void;
}

/** `restorePointPlanned vm=… operation=…`: readable, and easy to take apart. */
export function lineOf(event: EventName, fields: Fields): string {
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => `${name}=${quoted(String(value))}`);
  return [event, ...pairs].join(" ");
}

const quoted = (text: string): string => (/[\s="]/.test(text) ? JSON.stringify(text) : text);
