import type { TellDeps } from "../notify/notifications.ts";
import type { Tables } from "../state/tables.ts";

/** What every use case of restores needs. */
export interface RestoreDeps extends TellDeps {
  readonly tables: Pick<Tables, "restores" | "operations" | "active" | "audit">;
  readonly now: () => Date;
  readonly newUlid: (now: Date) => string;
}
