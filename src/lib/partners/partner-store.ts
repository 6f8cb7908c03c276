/** The partners as a request needs them: a read of one row, remembered for so short a time that a change holds at once. */
import type { Tables } from "../state/tables.ts";
import { notDeleted, type Partner, partnerKey } from "./partner.ts";

export interface PartnerStore {
  /** As it was less than `PARTNER_CACHE_MS` before `now`. A deleted partner is none; a disabled one is told as it is. */
  find(clientId: string, now: Date): Promise<Partner | undefined>;
  /** As it is. For what cannot be taken back within a second: before anything is opened to a partner. */
  findFresh(clientId: string): Promise<Partner | undefined>;
}

/** So long after a change, every process goes by it. */
const PARTNER_CACHE_MS = 1000;

interface Reading {
  readonly at: number;
  readonly partner: Promise<Partner | undefined>;
}

export function createPartnerStore({ partners }: Pick<Tables, "partners">): PartnerStore {
  /** That there is no such partner is remembered too: an app that tries again and again costs a read a second. */
  const cache = new Map<string, Reading>();

  async function findFresh(clientId: string): Promise<Partner | undefined> {
    return notDeleted((await partners.get(partnerKey(clientId.toLowerCase())))?.record);
  }

  function forgetOld(now: number): void {
    for (const [key, reading] of cache) if (!isYoung(reading, now)) cache.delete(key);
  }

  return {
    findFresh,
    find: (clientId, now) => {
      const [key, at] = [clientId.toLowerCase(), now.getTime()];
      const cached = cache.get(key);
      if (cached && isYoung(cached, at)) return cached.partner;
      forgetOld(at);
      const reading = { at, partner: findFresh(key) };
      cache.set(key, reading);
      reading.partner.catch(() => {
        if (cache.get(key) === reading) cache.delete(key);
      });
      return reading.partner;
    },
  };
}

/** From when the reading began. A clock that was set back makes it old. */
const isYoung = ({ at }: Reading, now: number): boolean => now >= at && now - at < PARTNER_CACHE_MS;
