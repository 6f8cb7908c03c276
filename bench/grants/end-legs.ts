/** From the time of a grant to the first refusal of its SAS, leg by leg, each taken where it happens. */
import type { Activity } from "../../local/stack/activity.ts";
import type { Stack } from "../../local/stack/start-stack.ts";
import { percentile, printTable, rounded } from "../report.ts";
import type { Held } from "./hold-grant.ts";

/** Milliseconds. */
interface EndLegs {
  /** Until the grant is Revoking, and the audit log says so. */
  readonly ending: number;
  /** Until ARM has received EndGetAccess. */
  readonly asked: number;
  /** Until the SAS was refused. */
  readonly refused: number;
  readonly total: number;
}

export function legsOf(
  { arm }: Stack,
  activities: readonly Activity[],
  { id, diskRestorePointId, expiresAt }: Held,
  refusedAt: number,
): EndLegs {
  const told = activities.find(
    ({ name, fields }) => name === "grantEnding" && fields["grant"] === id,
  );
  const path = `${diskRestorePointId}/endGetAccess`.toLowerCase();
  // Before its time it was cleared away once, to begin with.
  const asked = arm.requests.find(
    (request) => request.at >= expiresAt && request.path.toLowerCase() === path,
  );
  const endingAt = told ? Date.parse(told.at) : Number.NaN;
  const askedAt = asked?.at ?? Number.NaN;
  return {
    ending: endingAt - expiresAt,
    asked: askedAt - endingAt,
    refused: refusedAt - askedAt,
    total: refusedAt - expiresAt,
  };
}

export function printLegs(title: string, samples: readonly EndLegs[], accessMs: number): void {
  const legs: readonly (readonly [string, keyof EndLegs])[] = [
    ["expiry → Revoking, on record", "ending"],
    ["→ EndGetAccess received by ARM", "asked"],
    [`→ SAS refused (ARM takes ${accessMs} ms)`, "refused"],
    ["expiry → SAS refused", "total"],
  ];
  printTable([
    [title, "p50", "p90", "p99", "max"],
    ...legs.map(([text, leg]) => {
      const values = samples.map((sample) => sample[leg]);
      return [text, ...[0.5, 0.9, 0.99, 1].map((share) => rounded(percentile(values, share)))];
    }),
  ]);
}
