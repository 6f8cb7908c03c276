import type { Log } from "../../src/lib/telemetry.ts";

/** A log that nobody reads. */
export const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };
