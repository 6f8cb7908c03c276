/**
 * The emulator of Azure Resource Manager for restore points: TLS, real asynchronous operations, real bytes, real SAS.
 * Resources live in memory; with a folder they are also kept in it.
 */
import { join } from "node:path";
import type { BlobServiceClient } from "@azure/storage-blob";
import type { ResourceChange } from "../event-grid/resource-change.ts";
import type { EventGrid } from "../event-grid/start-event-grid.ts";
import { listen } from "../loopback/listen.ts";
import type { Certificate } from "../tls/certificate.ts";
import { accessKeyIn } from "./access-key.ts";
import { sweep } from "./bytes/sweep.ts";
import type { Clock } from "./clock.ts";
import { createEmulator } from "./create-emulator.ts";
import { startDiskEndpoint } from "./disk-endpoint/start-disk-endpoint.ts";
import { type DiskHandle, diskHandle } from "./disk-handle.ts";
import type { Emulator } from "./emulator.ts";
import type { Faults } from "./faults.ts";
import { grantedBytes } from "./granted-bytes.ts";
import { createAuthenticate } from "./http/authenticate.ts";
import { createHandle } from "./http/handle.ts";
import { AGREEMENT_PATH, openAnswer } from "./http/open-paths.ts";
import { createArmServer } from "./http/server.ts";
import { type Exchange, type LoggedRequest, RequestLog } from "./request-log.ts";
import { EventSubscriptions } from "./resources/event-grid/event-subscriptions.ts";
import { mend } from "./resume.ts";
import { routesOf } from "./routes.ts";
import type { ArmSettings } from "./settings.ts";

export interface ArmOptions {
  /** Left out: a free one. */
  readonly port?: number;
  /** Where SAS point to; left out: a free one. */
  readonly diskPort?: number;
  readonly certificate: Pick<Certificate, "cert" | "key">;
  /** Throws when the token is not one for ARM. */
  readonly verifyToken: (token: string) => Promise<void>;
  /** Where the bytes of disks are kept. */
  readonly disks: BlobServiceClient;
  /** Where everything else is kept, across restarts; left out: nowhere. */
  readonly folder?: string;
  /** Where its tokens come from, for clients that ask. */
  readonly loginEndpoint?: string;
  /** Hears of every change. */
  readonly onChange?: (change: ResourceChange) => void;
  /** What event subscriptions are registered with; left out: ARM has none. */
  readonly eventGrid?: EventGrid;
  /** Shared with whatever shall follow when time is advanced. */
  readonly clock?: Clock;
  readonly settings?: Partial<ArmSettings>;
}

export interface ArmEmulator {
  /** `https://localhost:<port>` */
  readonly url: string;
  /** What handles requests; the control plane works on it. */
  readonly emulator: Emulator;
  readonly eventSubscriptions: EventSubscriptions | undefined;
  /** May be changed while it runs. */
  readonly settings: ArmSettings;
  readonly faults: Faults;
  /** What it was asked, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** What it was asked and answered lately, oldest first, with secrets taken out. */
  exchanges(): Exchange[];
  readonly log: RequestLog;
  clearRequests(): void;
  /** The bytes of a disk, or of a disk restore point, by ARM id. Throws when there is neither. */
  disk(id: string): DiskHandle;
  /** Milliseconds; everything that is due by then happens. */
  advance(ms: number): void;
  close(): Promise<void>;
}

export async function startArm(options: ArmOptions): Promise<ArmEmulator> {
  const { certificate, folder, eventGrid, onChange, clock, settings } = options;
  const accessKey = accessKeyIn(folder);
  const emulator = createEmulator({ disks: options.disks, accessKey, onChange, clock, settings });
  const log = new RequestLog();
  let url = "";
  const eventSubscriptions =
    eventGrid &&
    new EventSubscriptions({
      records: emulator.state.eventSubscriptions,
      eventGrid,
      clock: emulator.clock,
      callbackUrl: () => `${url}${AGREEMENT_PATH}`,
    });
  const handle = createHandle({
    emulator,
    routes: routesOf(emulator, eventSubscriptions),
    authenticate: createAuthenticate(options.verifyToken),
  });
  await emulator.blobs.open();
  if (folder !== undefined) emulator.journal.keepIn(join(folder, "state.ndjson"));
  // Before anything is asked.
  await mend(emulator);
  await sweep(emulator);
  const diskEndpoint = await startDiskEndpoint({
    certificate,
    ...(options.diskPort === undefined ? {} : { port: options.diskPort }),
    clock: emulator.clock,
    key: accessKey,
    bytes: emulator.bytes,
    find: (token) => grantedBytes(emulator, token),
    ignoreSasExpiry: () => emulator.settings.ignoreSasExpiry,
  });
  emulator.diskEndpoint = diskEndpoint.url;
  const { loginEndpoint } = options;
  const open = { emulator, eventSubscriptions, loginEndpoint };
  const server = createArmServer({
    certificate,
    faults: emulator.faults,
    log,
    handle: async (request) => openAnswer(open, request) ?? (await handle(request)),
  });
  const listening = await listen(server, options.port ?? 0);
  url = `https://localhost:${listening.port}`;
  emulator.operations.resume();
  eventSubscriptions?.resume();
  return {
    url,
    emulator,
    eventSubscriptions,
    settings: emulator.settings,
    faults: emulator.faults,
    get requests() {
      return log.requests;
    },
    exchanges: () => [...log.lines()].map((line): Exchange => JSON.parse(line)),
    log,
    clearRequests: () => log.clear(),
    disk: (id) => demandDisk(emulator, id),
    advance: (ms) => emulator.keptClock.advance(ms),
    close: async () => {
      await listening.close();
      await diskEndpoint.close();
      await emulator.operations.close();
      if (clock === undefined) emulator.clock.close();
      emulator.journal.close();
    },
  };
}

function demandDisk(emulator: Emulator, id: string): DiskHandle {
  const handle = diskHandle(emulator, id);
  if (handle === undefined) throw new Error(`Neither a disk nor a disk restore point: ${id}`);
  return handle;
}
