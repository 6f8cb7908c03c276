/** What the owner of a VM asks for by its tag is in force, also when an event was late or lost. */
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import type { Invariant } from "./invariant.ts";

export interface Wish {
  /** Undefined: nothing can be said. */
  readonly status: Protection["status"] | undefined;
  readonly tag: string | undefined;
  readonly since: number;
}

/** After an outage everything has been caught up with by then. */
const LATEST = 3 * 3_600_000;

export function tagsAreFollowed(wishes: ReadonlyMap<string, { readonly wish: Wish }>): Invariant {
  const known = new Map<string, Pick<Protection, "status" | "tag">>();
  return {
    name: "the tag of a VM is followed",
    observe: (effect) => {
      if (effect.kind === "protection") {
        const { status, tag } = effect.row;
        known.set(effect.vm, { status, tag });
      }
      return undefined;
    },
    review: (vm, now) => {
      const { status, tag, since } = wishes.get(vm)?.wish ?? { since: now };
      if (status === undefined || now - since < LATEST) return undefined;
      const seen = known.get(vm) ?? { status: status === "Protected" ? "unknown" : status, tag };
      const followed = seen.status === status && (status !== "Protected" || seen.tag === tag);
      return followed
        ? undefined
        : `It should be ${status} by ${tag} since ${new Date(since).toISOString()}, and is ${seen.status} by ${seen.tag}.`;
    },
  };
}
