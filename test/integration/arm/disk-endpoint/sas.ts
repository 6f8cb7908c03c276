/** Disk restore points of the VM web-01's data disk, and what their SAS open. */
import type { RestorePoint } from "@azure/arm-compute";
import { AnonymousCredential, newPipeline, PageBlobClient } from "@azure/storage-blob";
import { givenProtectedVm, givenRestorePoint, POLL } from "../given.ts";
import { diskId, GROUP } from "../names.ts";
import type { Arm } from "../scene.ts";

export const PAGE = 512;
export const MIB = 1024 ** 2;
export const DISK_SIZE = 8 * 1024 ** 3;
export const DATA_DISK = "web-01_DataDisk_0";
export const HOUR = 3_600_000;

export const pageOf = (text: string): Buffer => Buffer.alloc(PAGE, text);

export const writeDisk = async ({ emulator }: Arm, offset: number, data: Buffer): Promise<void> =>
  await emulator.disk(diskId(DATA_DISK)).write(offset, data);

/** Takes a restore point. The answer is the name of the data disk's. */
export const givenPoint = async (arm: Arm, name: string): Promise<string> =>
  dataDiskOf(await givenRestorePoint(arm, "web-01-rpc", name));

export function dataDiskOf({ sourceMetadata }: RestorePoint): string {
  const [disk] = sourceMetadata?.storageProfile?.dataDisks ?? [];
  return disk?.diskRestorePoint?.id?.split("/").at(-1) ?? "";
}

/** For an hour. */
export async function sasOf(
  { client }: Arm,
  point: string,
  disk: string,
  collection = "web-01-rpc",
): Promise<string> {
  const access = { access: "Read", durationInSeconds: HOUR / 1000 };
  const { diskRestorePoint } = client;
  const granted = await diskRestorePoint.grantAccess(GROUP, collection, point, disk, access, POLL);
  return granted.accessSAS ?? "";
}

export const revoke = async ({ client }: Arm, point: string, disk: string): Promise<unknown> =>
  await client.diskRestorePoint.revokeAccess(GROUP, "web-01-rpc", point, disk, POLL);

/** Takes a restore point and opens the data disk's. */
export const sasOfNewPoint = async (arm: Arm, name: string): Promise<string> =>
  await sasOf(arm, name, await givenPoint(arm, name));

export const blobOf = (sas: string): PageBlobClient =>
  new PageBlobClient(
    sas,
    newPipeline(new AnonymousCredential(), { retryOptions: { maxTries: 1 } }),
  );

/** A refusal of the blob service, as plain HTTP shows it. */
export async function refusalOf(response: Response): Promise<{ status: number; code: string }> {
  const text = await response.text();
  const code = response.headers.get("x-ms-error-code") ?? "";
  if (text !== "" && !text.includes(`<Code>${code}</Code>`)) {
    throw new Error("The body has another code than the header.");
  }
  return { status: response.status, code };
}

export const AUTHENTICATION_FAILED = { status: 403, code: "AuthenticationFailed" };

/** The data disk's restore point rp-1, open for an hour. */
export async function givenSas(start: () => Promise<Arm>) {
  const arm = await start();
  await givenProtectedVm(arm);
  await writeDisk(arm, 0, pageOf("secret"));
  const disk = await givenPoint(arm, "rp-1");
  return { arm, disk, sas: await sasOf(arm, "rp-1", disk) };
}

export const statusOf = async (sas: string): Promise<number> =>
  (await fetch(sas, { method: "HEAD" })).status;
