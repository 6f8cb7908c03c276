/**
 * Slots and the names that derive from them. A name never derives from an event id, since one change raises several
 * events; so doing a step twice meets the same name, and Azure's refusal of a second PUT makes it harmless.
 */

/** The moment a VM went from unprotected to protected. */
export const taggedSlot = (generation: number): string => `t${generation}`;

/** `s` and the UTC minute: `s202601311830`. */
export const scheduleSlot = (at: Date): string =>
  `s${at.toISOString().slice(0, 16).replace(/\D/g, "")}`;

/** A restore point's name. A failed point keeps its name, so each attempt has its own. */
export const pointName = (slot: string, attempt: number): string => `${slot}-a${attempt}`;
