/** What may differ from one stack to another. Everything may be left out. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ArmOptions } from "../arm/start-arm.ts";
import type { EventGridOptions } from "../event-grid/start-event-grid.ts";
import type { Subscription } from "../event-grid/subscription.ts";
import type { Activity } from "./activity.ts";
import type { Ports } from "./ports.ts";

export interface StackOptions {
  /** Folder of the built functions app. Default: `dist`. */
  readonly app?: string;
  /** For the certificate. Default: a temporary folder, removed at the end. */
  readonly folder?: string;
  /** Default: free ports. */
  readonly ports?: Ports;
  /** How many functions hosts; default 1. */
  readonly hosts?: number;
  /** More settings for the functions hosts, e.g. `AzureWebJobs.DueVms.Disabled`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly arm?: ArmOptions["settings"];
  readonly eventGrid?: EventGridOptions;
  /** Default: those of a deployment. */
  readonly subscriptions?: (webhook: () => string) => readonly Subscription[];
  /** Whether the fleet of `fleet.ts` and the partners exist from the beginning; default true. */
  readonly seed?: boolean;
  /** Whether the app publishes notifications; default true. */
  readonly notifications?: boolean;
  readonly onActivity?: (activity: Activity) => void;
  /** Lines of the functions hosts. */
  readonly onLog?: (line: string) => void;
}

export const DEFAULT_APP = fileURLToPath(new URL("../../dist/", import.meta.url));

/** The folder asked for, or a temporary one with a `remove` that takes it away. */
export async function makeFolder(
  folder: string | undefined,
): Promise<{ path: string; remove: () => Promise<void> }> {
  if (folder !== undefined) return { path: folder, remove: async () => {} };
  const path = await mkdtemp(join(tmpdir(), "vm-restore-points-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
