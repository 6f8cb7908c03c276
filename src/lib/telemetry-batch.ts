/** What is sent at once of what there is to tell about the app. */
import type { Measurement } from "./metrics.ts";
import type { Span } from "./span.ts";

export interface Batch {
  readonly spans: readonly Span[];
  readonly measurements: readonly Measurement[];
}

/** May fail, and may take as long as it likes: what it was given is lost then. */
export type SendBatch = (batch: Batch) => Promise<void>;
