/** The audit log's entries about a grant, a line each. */
import type { AuditLine } from "./grants-api.ts";

export const printAudit = (entries: readonly AuditLine[]): string => entries.map(lineOf).join("\n");

function lineOf({ at, action, actor, reason, code, lagMs }: AuditLine): string {
  const more = [
    // Each entry has it: once is enough.
    ...(reason !== undefined && action === "grantRequested" ? [`reason: ${reason}`] : []),
    ...(code === undefined ? [] : [code]),
    ...(lagMs === undefined ? [] : [`${(lagMs / 1000).toFixed(1)} s late`]),
  ];
  return `  ${at}  ${action.padEnd(14)}  by ${actor.kind} ${actor.id}  ${more.join(", ")}`.trimEnd();
}
