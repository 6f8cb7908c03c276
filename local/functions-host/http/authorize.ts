/** Function keys. Like Core Tools, the host enforces them only when it was given keys. */
import { z } from "zod";
import type { Settings } from "../settings/settings.ts";

const authLevelSchema = z.enum(["anonymous", "function", "admin"]);
export type AuthLevel = z.infer<typeof authLevelSchema>;

const keySetSchema = z.record(z.string(), z.string()).default({});
const keysSchema = z.object({
  master: z.string().min(1),
  /** Open every function of level `function`. */
  host: keySetSchema,
  /** Open an extension's webhook, such as `eventgrid_extension`. */
  system: keySetSchema,
  /** By function name, then by key name. */
  functions: z.record(z.string(), keySetSchema).default({}),
});
export type FunctionKeys = z.infer<typeof keysSchema>;

/** What a caller must hold: the keys of one function, or of one extension. */
export type Lock =
  | { readonly level: AuthLevel; readonly functionName: string }
  | { readonly level: "system"; readonly keyName: string };

const SETTING = "LOCAL_FUNCTIONS_KEYS";

/** Reads the keys, `{"master":"…","host":{"default":"…"},…}`. Undefined when there are none, and none are required. */
export function readKeys(settings: Settings, isRequired: boolean): FunctionKeys | undefined {
  const text = settings.get(SETTING);
  if (text !== undefined) return keysSchema.parse(JSON.parse(text));
  if (isRequired) throw new Error(`--enable-auth needs the setting ${SETTING}.`);
  return undefined;
}

/** Reads a trigger's `authLevel`, in any case. */
export function parseAuthLevel(text: string): AuthLevel {
  return authLevelSchema.parse(text.toLowerCase());
}

/** Levels are matched exactly; only the master key opens everything. Without keys, everything is open. */
export function isAuthorized(keys: FunctionKeys | undefined, lock: Lock, key?: string): boolean {
  if (keys === undefined || lock.level === "anonymous") return true;
  if (key === undefined) return false;
  if (key === keys.master) return true;
  if (lock.level === "system") return key === keys.system[lock.keyName];
  if (lock.level === "admin") return false;
  const own = keys.functions[lock.functionName] ?? {};
  return [...Object.values(own), ...Object.values(keys.host)].includes(key);
}
