/** Replaces `%NAME%` by the app setting of that name, as the host does in queue names and schedules. */
import type { Settings } from "./settings.ts";

/** Throws on a token without a setting: the host refuses to index such a function. */
export function resolveTokens(text: string, settings: Settings): string {
  return text.replaceAll(/%([^%]+)%/g, (_, name: string) => {
    const value = settings.get(name);
    if (value === undefined) throw new Error(`'%${name}%' does not resolve to a value.`);
    return value;
  });
}
