/**
 * The emulator of Azure Resource Manager for restore points: TLS, real asynchronous operations, real bytes. Resources
 * live in memory and end with the process.
 */
import type { BlobServiceClient, PageBlobClient } from "@azure/storage-blob";
import type { ResourceChange } from "../event-grid/resource-change.ts";
import { listen } from "../loopback/listen.ts";
import type { Certificate } from "../tls/certificate.ts";
import { DiskBytes } from "./disk-bytes.ts";
import { Faults } from "./faults.ts";
import { RemainingCalls } from "./http/remaining-calls.ts";
import { createRouter } from "./http/router.ts";
import { createArmServer } from "./http/server.ts";
import { Operations } from "./operations.ts";
import { type LoggedRequest, RequestLog } from "./request-log.ts";
import { ResourceMap } from "./resource-map.ts";
import { diskRestorePointRoutes } from "./resources/disk-restore-points.ts";
import { diskRoutes } from "./resources/disks.ts";
import { operationStatusRoutes } from "./resources/operation-status.ts";
import { resourceGroupRoutes } from "./resources/resource-groups.ts";
import { restorePointCollectionRoutes } from "./resources/restore-point-collections.ts";
import { restorePointRoutes } from "./resources/restore-points.ts";
import { tagsRoutes } from "./resources/tags.ts";
import { virtualMachineActionRoutes } from "./resources/virtual-machine-actions.ts";
import { virtualMachineRoutes } from "./resources/virtual-machines.ts";
import { type ArmSettings, defaultSettings } from "./settings.ts";
import type { Emulator } from "./state.ts";

export interface ArmOptions {
  /** Left out: a free one. */
  readonly port?: number;
  readonly certificate: Pick<Certificate, "cert" | "key">;
  /** Throws when the token is not one for ARM. */
  readonly verifyToken: (token: string) => Promise<void>;
  /** Where the bytes of disks are kept. */
  readonly disks: BlobServiceClient;
  /** Hears of every change. */
  readonly onChange?: (change: ResourceChange) => void;
  readonly settings?: Partial<ArmSettings>;
}

export interface ArmEmulator {
  /** `https://localhost:<port>` */
  readonly url: string;
  /** May be changed while it runs. */
  readonly settings: ArmSettings;
  readonly faults: Faults;
  /** What it was asked, oldest first. */
  readonly requests: readonly LoggedRequest[];
  clearRequests(): void;
  /** The bytes of a disk, or of a disk restore point, by ARM id: the back door of tests and seeds. */
  bytesOf(id: string): PageBlobClient;
  close(): Promise<void>;
}

export async function startArm(options: ArmOptions): Promise<ArmEmulator> {
  const { certificate, verifyToken, onChange } = options;
  const emulator: Emulator = {
    state: {
      resourceGroups: new ResourceMap(),
      virtualMachines: new ResourceMap(),
      disks: new ResourceMap(),
      collections: new ResourceMap(),
      restorePoints: new ResourceMap(),
    },
    settings: { ...defaultSettings(), ...options.settings },
    operations: new Operations(),
    bytes: new DiskBytes(options.disks),
    faults: new Faults(),
    changed: (change) => onChange?.(change),
  };
  const { settings, faults, operations } = emulator;
  const log = new RequestLog();
  const router = createRouter(routesOf(emulator));
  const server = createArmServer({
    certificate,
    router,
    faults,
    log,
    remainingCalls: new RemainingCalls(),
    verifyToken,
  });
  const listening = await listen(server, options.port ?? 0);
  return {
    url: `https://localhost:${listening.port}`,
    settings,
    faults,
    get requests() {
      return log.requests;
    },
    clearRequests: () => log.clear(),
    bytesOf: (id) => bytesOf(emulator, id),
    close: async () => {
      await listening.close();
      await operations.close();
    },
  };
}

const routesOf = (emulator: Emulator) => [
  ...resourceGroupRoutes(emulator),
  ...virtualMachineRoutes(emulator),
  ...virtualMachineActionRoutes(emulator),
  ...tagsRoutes(emulator),
  ...diskRoutes(emulator),
  ...restorePointCollectionRoutes(emulator),
  ...restorePointRoutes(emulator),
  ...diskRestorePointRoutes(emulator),
  ...operationStatusRoutes(emulator),
];

function bytesOf({ state, bytes }: Emulator, id: string): PageBlobClient {
  const disk = state.disks.get(id);
  if (disk) return bytes.client(disk.bytes);
  const point = state.restorePoints.get(id.replace(/\/diskRestorePoints\/[^/]+$/i, ""));
  const wanted = id.toLowerCase();
  const found = point?.diskRestorePoints.find((each) => each.id.toLowerCase() === wanted);
  if (found === undefined) throw new Error(`Neither a disk nor a disk restore point: ${id}`);
  return bytes.client(found.bytes);
}
