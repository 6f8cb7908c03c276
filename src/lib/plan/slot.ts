/**
 * Slots and the names that derive from them. A name never derives from an event id, since one change raises several
 * events; so doing a step twice meets the same name, and Azure's refusal of a second PUT makes it harmless.
 */

/** The moment a VM went from unprotected to protected. */
export const taggedSlot = (generation: number): string => `t${generation}`;

/** `s` and the UTC minute: `s202601311830`. */
export const scheduleSlot = (at: Date): string => `s${minuteText(at)}`;

const minuteText = (at: Date): string => at.toISOString().slice(0, 16).replace(/\D/g, "");

/** What happened to a VM, at most once in an interval: `estarted-202601311800`. */
export const eventSlot = (kind: string, at: Date, interval: number): string =>
  `e${kind}-${minuteText(new Date(Math.floor(at.getTime() / interval) * interval))}`;

/** Somebody asked for it, for instance before the VM is deleted. */
export const requestedSlot = (at: Date): string => `r${minuteText(at)}`;

/** A restore point's name. A failed point keeps its name, so each attempt has its own. */
export const pointName = (slot: string, attempt: number): string => `${slot}-a${attempt}`;
