/** What the handlers share. */
import type { ResourceChange } from "../event-grid/resource-change.ts";
import type { Changes } from "./bytes/changes.ts";
import type { DiskBytes } from "./bytes/disk-bytes.ts";
import type { PageBlobs } from "./bytes/page-blobs.ts";
import type { Clock } from "./clock.ts";
import type { KeptSettings } from "./control/kept-settings.ts";
import type { AccessKey } from "./disk-endpoint/sas.ts";
import type { Faults } from "./faults.ts";
import type { Operations } from "./operations/operations.ts";
import type { ArmSettings } from "./settings.ts";
import type { Journal } from "./state/journal.ts";
import type { KeptClock } from "./state/kept-clock.ts";
import type { SharedParts } from "./state/shared-parts.ts";
import type { State } from "./state/state.ts";
import type { Throttling } from "./throttling/throttling.ts";

export interface Emulator {
  readonly state: State;
  readonly sharedParts: SharedParts;
  readonly journal: Journal;
  readonly settings: ArmSettings;
  /** Through which settings change so that they outlive a restart. */
  readonly keptSettings: KeptSettings;
  readonly clock: Clock;
  readonly keptClock: KeptClock;
  readonly operations: Operations;
  readonly blobs: PageBlobs;
  readonly bytes: DiskBytes;
  readonly changes: Changes;
  readonly accessKey: AccessKey;
  readonly faults: Faults;
  readonly throttling: Throttling;
  /** Where SAS point to: `https://localhost:<port>`. */
  diskEndpoint: string;
  readonly changed: (change: ResourceChange) => void;
}
