/** Settings that were changed while the emulator runs: kept across restarts, and gone with a reset. */
import type { ArmSettings } from "../settings.ts";
import type { Journal, JournaledPart, JournalRecord } from "../state/journal.ts";
import { type SettingsChange, settingsChangeSchema } from "./settings-schema.ts";

export class KeptSettings implements JournaledPart {
  readonly #settings: ArmSettings;
  /** What it was started with. */
  readonly #started: ArmSettings;
  readonly #tell: (record: JournalRecord) => void;
  #changed: SettingsChange = {};

  /** `settings` are changed in place: everything reads them there. */
  constructor(settings: ArmSettings, journal: Journal) {
    this.#settings = settings;
    // It may be the caller's own.
    settings.refusals = { ...settings.refusals };
    this.#started = structuredClone(settings);
    this.#tell = journal.register("settings", this);
  }

  change(change: SettingsChange): void {
    this.#tell(change);
    this.#make(change);
  }

  dump(): Iterable<JournalRecord> {
    return Object.keys(this.#changed).length === 0 ? [] : [this.#changed];
  }

  apply(record: JournalRecord): void {
    this.#make(settingsChangeSchema.parse(record));
  }

  clear(): void {
    Object.assign(this.#settings, structuredClone(this.#started));
    this.#changed = {};
  }

  #make(change: SettingsChange): void {
    const { retryAfterSeconds, refusals, ...others } = change;
    Object.assign(this.#settings, others);
    Object.assign(this.#settings.refusals, refusals);
    if (retryAfterSeconds !== undefined)
      this.#settings.retryAfterSeconds = retryAfterSeconds ?? undefined;
    this.#changed = {
      ...this.#changed,
      ...change,
      ...(refusals && { refusals: { ...this.#changed.refusals, ...refusals } }),
    };
  }
}
