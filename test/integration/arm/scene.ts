/** An ARM emulator for each test, with the real SDK's client; one Azurite for the file holds the bytes of all disks. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ComputeManagementClient } from "@azure/arm-compute";
import type { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import type { ArmSettings } from "../../../local/arm/settings.ts";
import { type ArmEmulator, startArm } from "../../../local/arm/start-arm.ts";
import { type Azurite, startAzurite } from "../../../local/azurite/start-azurite.ts";
import type { ResourceChange } from "../../../local/event-grid/resource-change.ts";
import { diskStorage } from "../../../local/stack/disk-storage.ts";
import {
  type Certificate,
  createCertificate,
  trustInThisProcess,
} from "../../../local/tls/certificate.ts";
import { expectDocumented } from "../../swagger/expect-documented.ts";
import { type Ask, createAsk } from "./ask.ts";
import { GROUP, groupPath, LOCATION, SUBSCRIPTION, TOKEN } from "./names.ts";

export interface Arm {
  readonly emulator: ArmEmulator;
  readonly client: ComputeManagementClient;
  /** Plain requests, for what the SDK hides. */
  readonly ask: Ask;
  /** What Event Grid would hear of. */
  readonly changes: readonly ResourceChange[];
  readonly disks: BlobServiceClient;
}

/** Every operation takes a moment, so that a test sees it running; none takes long. */
const QUICK: Partial<ArmSettings> = {
  crashConsistentCreateMs: 30,
  applicationConsistentCreateMs: 30,
  deleteMs: 30,
  virtualMachineActionMs: 30,
  virtualMachineWriteMs: 5,
  diskWriteMs: 5,
  accessMs: 10,
  copyStartMs: 20,
  copyMs: 100,
  copyProgressStepMs: 10,
  backgroundCopyMs: 100,
};

/** To be called once, outside of tests. The emulator that a test starts ends with it. */
export function azuriteOfThisFile(): (settings?: Partial<ArmSettings>) => Promise<Arm> {
  let folder: string;
  let certificate: Certificate;
  let azurite: Azurite;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "arm-"));
    certificate = await createCertificate(folder);
    trustInThisProcess(certificate);
    azurite = await startAzurite({ certificate });
  });
  afterAll(async () => {
    await azurite?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return async (settings) =>
    await startInTest(certificate, diskStorage(azurite), { ...QUICK, ...settings });
}

async function startInTest(
  certificate: Certificate,
  disks: BlobServiceClient,
  settings: Partial<ArmSettings>,
): Promise<Arm> {
  const changes: ResourceChange[] = [];
  const emulator = await startArm({
    certificate,
    disks,
    settings,
    verifyToken: async (token) => {
      if (token !== TOKEN) throw new Error("The token is another one.");
    },
    onChange: (change) => changes.push(change),
  });
  onTestFinished(async () => {
    await emulator.close();
    expectDocumented(emulator.exchanges());
  });
  const credential = {
    getToken: async () => ({ token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const client = new ComputeManagementClient(credential, SUBSCRIPTION, {
    endpoint: emulator.url,
    retryOptions: { maxRetries: 0 },
  });
  const ask = createAsk(emulator.url);
  await ask("PUT", groupPath(GROUP), { body: { location: LOCATION } });
  changes.length = 0;
  return { emulator, client, ask, changes, disks };
}
