/** What is seen of a running app: rows as they are written, requests as Azure gets them. */
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import type { Point } from "../../../src/lib/fleet/restore-point.ts";
import type { Operation } from "../../../src/lib/operations/operation.ts";
import type { FakeRestorePoint } from "../../fakes/fake-arm/fake-store.ts";

export type Effect = { readonly at: number; readonly vm: string } & (
  | { readonly kind: "protection"; readonly row: Protection }
  | { readonly kind: "point"; readonly row: Point }
  | { readonly kind: "operation"; readonly row: Operation }
  | {
      readonly kind: "create";
      /** ARM id of the restore point, in lower case; likewise below. */
      readonly id: string;
      readonly consistency: "ApplicationConsistent" | "CrashConsistent";
      /** The restore point that the request made. */
      readonly made: FakeRestorePoint | undefined;
    }
  | { readonly kind: "copy"; readonly id: string; readonly made: FakeRestorePoint | undefined }
  | {
      readonly kind: "delete";
      readonly id: string;
      /** Whether Azure carried it out, and what there was before. */
      readonly deleted: FakeRestorePoint | undefined;
    }
);

/** Looks at one effect at a time, each at the same cost however long the run has been. */
export interface Invariant {
  readonly name: string;
  /** What is broken, in a sentence. */
  observe(effect: Effect): string | undefined;
  /** Once a day, for each VM: what should have happened by now. Calm: nothing has gone wrong for hours. */
  review?(vm: string, now: number, calm: boolean): string | undefined;
}

export interface Broken {
  readonly invariant: string;
  readonly vm: string;
  readonly at: number;
  readonly what: string;
}

/** `<collection>/restorepoints/<slot>-a<attempt>`, in lower case. */
export function slotIn(id: string): { collection: string; slot: string } {
  const name = id.slice(id.lastIndexOf("/") + 1);
  const collection = id.slice(0, id.indexOf("/restorepoints/"));
  return { collection, slot: name.replace(/-a\d+$/, "") };
}
