/**
 * Slots and the names that derive from them. A name never derives from an event id, since one change raises several
 * events; so doing a step twice meets the same name, and Azure's refusal of a second PUT makes it harmless.
 */
import type { SlotCause } from "../fleet/protection.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { stableHash } from "../stable-hash.ts";

/** The moment a VM went from unprotected to protected. */
export const taggedSlot = (generation: number): string => `t${generation}`;

/** `s` and the UTC minute: `s202601311830`. */
export const scheduleSlot = (at: Date): string => `s${minuteText(at)}`;

const minuteText = (at: Date): string => at.toISOString().slice(0, 16).replace(/\D/g, "");

/** What happened to a VM, at most once in an interval: `estarted-202601311800`. */
export const eventSlot = (kind: string, at: Date, interval: number): string =>
  `e${kind}-${minuteText(new Date(Math.floor(at.getTime() / interval) * interval))}`;

/** A last one, asked for before the VM is deleted. */
export const retireSlot = (at: Date): string => `r${minuteText(at)}`;

/** Somebody asked for it at `at`: `r202601311800-0c3f9a51`, so that a request that is repeated meets its own slot. */
export const requestedSlot = (at: Date, request: OperationId): string =>
  `r${minuteText(at)}-${stableHash(request).toString(16).padStart(8, "0")}`;

export const isRequestedSlot = (slot: string): boolean => /^r\d{12}-[0-9a-f]{8}$/.test(slot);

const CAUSES: Readonly<Record<string, SlotCause>> = {
  t: "tagged",
  s: "schedule",
  r: "requested",
  estarted: "started",
  edeallocated: "deallocated",
  eresized: "resized",
};

/** What a restore point's name says, if it is one of ours. */
export function parsePointName(
  name: string,
): { slot: string; attempt: number; cause: SlotCause; at?: Date } | undefined {
  const [, slot = "", kind = "", digits = "", attempt = ""] =
    /^(([a-z]+?)-?(\d{1,12})(?:(?<=r\d{12})-[0-9a-f]{8})?)-a([1-9]\d?)$/.exec(name) ?? [];
  const cause = CAUSES[kind];
  if (cause === undefined) return undefined;
  const parsed = { slot, attempt: Number(attempt), cause };
  if (cause === "tagged") return parsed;
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits) ?? [];
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:00.000Z`);
  return Number.isNaN(at.getTime()) ? undefined : { ...parsed, at };
}

/** A restore point's name. A failed point keeps its name, so each attempt has its own. */
export const pointName = (slot: string, attempt: number): string => `${slot}-a${attempt}`;
