import type { EventName, Fields, Log } from "../../src/lib/telemetry.ts";

/** A log that keeps what it is told. */
export class RecordingLog implements Log {
  readonly entries: { readonly event: EventName; readonly fields: Fields }[] = [];

  info(event: EventName, fields: Fields): void {
    this.entries.push({ event, fields });
  }

  warn(event: EventName, fields: Fields): void {
    this.entries.push({ event, fields });
  }

  error(event: EventName, fields: Fields): void {
    this.entries.push({ event, fields });
  }

  get events(): EventName[] {
    return this.entries.map(({ event }) => event);
  }
}
