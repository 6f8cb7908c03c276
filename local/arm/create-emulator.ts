/** The emulator without its servers: what it knows, and what it knows it by. */
import type { BlobServiceClient } from "@azure/storage-blob";
import type { ResourceChange } from "../event-grid/resource-change.ts";
import { Changes } from "./bytes/changes.ts";
import { DiskBytes } from "./bytes/disk-bytes.ts";
import { PageBlobs } from "./bytes/page-blobs.ts";
import { Clock } from "./clock.ts";
import { KeptSettings } from "./control/kept-settings.ts";
import type { AccessKey } from "./disk-endpoint/sas.ts";
import type { Emulator } from "./emulator.ts";
import { Faults } from "./faults.ts";
import { Operations } from "./operations/operations.ts";
import { type ArmSettings, defaultSettings } from "./settings.ts";
import { Journal } from "./state/journal.ts";
import { KeptClock } from "./state/kept-clock.ts";
import { SharedParts } from "./state/shared-parts.ts";
import { createState } from "./state/state.ts";
import { Throttling } from "./throttling/throttling.ts";

export interface EmulatorParts {
  readonly disks: BlobServiceClient;
  readonly accessKey: AccessKey;
  readonly clock?: Clock | undefined;
  readonly settings?: Partial<ArmSettings> | undefined;
  readonly onChange?: ((change: ResourceChange) => void) | undefined;
}

export function createEmulator(parts: EmulatorParts): Emulator {
  const { onChange, accessKey, clock = new Clock() } = parts;
  const settings = { ...defaultSettings(), ...parts.settings };
  const journal = new Journal();
  // First, so that what is read after it sees the time that it was.
  const keptClock = new KeptClock(journal, clock);
  const sharedParts = new SharedParts();
  const state = createState(journal, sharedParts);
  const changes = new Changes(journal);
  const blobs = new PageBlobs(parts.disks);
  return {
    state,
    sharedParts,
    journal,
    settings,
    keptSettings: new KeptSettings(settings, journal),
    clock,
    keptClock,
    operations: new Operations(state.operations, clock, () => settings.operationsKeptMs),
    blobs,
    bytes: new DiskBytes(blobs, changes),
    changes,
    accessKey,
    faults: new Faults(),
    throttling: new Throttling(settings, journal),
    diskEndpoint: "",
    changed: (change) => onChange?.(change),
  };
}
