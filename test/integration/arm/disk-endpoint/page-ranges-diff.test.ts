import { describe, expect, test } from "vitest";
import { givenCopy, givenTarget, TARGET } from "../copies-scene.ts";
import { all, POLL } from "../given.ts";
import { GROUP, LOCATION } from "../names.ts";
import { azuriteOfThisFile } from "../scene.ts";
import { givenDisk, lastBytes, listed } from "./page-lists.ts";
import {
  AUTHENTICATION_FAILED,
  blobOf,
  DATA_DISK,
  DISK_SIZE,
  dataDiskOf,
  givenPoint,
  HOUR,
  MIB,
  PAGE,
  pageOf,
  refusalOf,
  revoke,
  sasOf,
  sasOfNewPoint,
  writeDisk,
} from "./sas.ts";

const start = azuriteOfThisFile();

const compare = async (sas: string, previous: string) =>
  await fetch(`${sas}&comp=pagelist`, { headers: { "x-ms-previous-snapshot-url": previous } });

describe("the difference to an earlier restore point of the disk", () => {
  test("is what was written since, and what was cleared and had bytes before", async () => {
    const { arm, clear } = await givenDisk(start);
    await writeDisk(arm, 0, Buffer.alloc(8 * PAGE, "a"));
    const first = await sasOfNewPoint(arm, "rp-1");
    await writeDisk(arm, 0, pageOf("changed"));
    await writeDisk(arm, 20 * PAGE, pageOf("new"));
    await clear(4 * PAGE, 2 * PAGE);
    await clear(30 * PAGE, PAGE);
    const second = await sasOfNewPoint(arm, "rp-2");
    const difference = await blobOf(second).getPageRangesDiffForManagedDisks(0, DISK_SIZE, first);
    expect(lastBytes(difference.pageRange)).toEqual([listed(0, 0), listed(20, 20)]);
    expect(lastBytes(difference.clearRange)).toEqual([listed(4, 5)]);
  });

  test("comes page by page when it is asked for so, what was written and what was cleared alike", async () => {
    const { arm, clear } = await givenDisk(start);
    await writeDisk(arm, 0, Buffer.alloc(8 * PAGE, "a"));
    const first = await sasOfNewPoint(arm, "rp-1");
    for (const page of [0, 10, 12]) await writeDisk(arm, page * PAGE, pageOf("b"));
    for (const page of [4, 6]) await clear(page * PAGE, PAGE);
    const second = await sasOfNewPoint(arm, "rp-2");
    const pages: string[][] = [];
    let marker: string | undefined = "";
    while (marker !== undefined) {
      const answer = await compare(`${second}&maxresults=2&marker=${marker}`, first);
      const xml = await answer.text();
      pages.push(
        [...xml.matchAll(/<(\w+)Range><Start>(\d+)</g)].map(
          ([, kind, from]) => `${kind} ${Number(from) / PAGE}`,
        ),
      );
      marker = /<NextMarker>(.+)<\/NextMarker>/.exec(xml)?.[1];
    }
    expect(pages).toEqual([["Page 0", "Clear 4"], ["Clear 6", "Page 10"], ["Page 12"]]);
  });

  test("gives the later one's bytes when it is applied to the earlier one's", async () => {
    const { arm, clear } = await givenDisk(start);
    await writeDisk(arm, 0, Buffer.alloc(MIB, "old "));
    const first = await sasOfNewPoint(arm, "rp-1");
    const copy = await blobOf(first).downloadToBuffer(0, 2 * MIB);
    for (const page of [3, 4, 77, 3000]) await writeDisk(arm, page * PAGE, pageOf(`new ${page}`));
    await clear(100 * PAGE, 50 * PAGE);
    const second = blobOf(await sasOfNewPoint(arm, "rp-2"));
    const found = await second.getPageRangesDiffForManagedDisks(0, 2 * MIB, first);
    for (const [from = 0, to = 0] of lastBytes(found.pageRange) ?? []) {
      (await second.downloadToBuffer(from, to + 1 - from)).copy(copy, from);
    }
    for (const [from = 0, to = 0] of lastBytes(found.clearRange) ?? []) copy.fill(0, from, to + 1);
    expect(copy.equals(await second.downloadToBuffer(0, 2 * MIB))).toBe(true);
  });

  test("has the changes of points in between, whether they are there or deleted", async () => {
    const { arm } = await givenDisk(start);
    await writeDisk(arm, 0, pageOf("a"));
    const first = await sasOfNewPoint(arm, "rp-1");
    await writeDisk(arm, 2 * PAGE, pageOf("b"));
    await givenPoint(arm, "rp-2");
    await writeDisk(arm, 4 * PAGE, pageOf("c"));
    const third = blobOf(await sasOfNewPoint(arm, "rp-3"));
    const expected = [listed(2, 2), listed(4, 4)];
    const found = await third.getPageRangesDiffForManagedDisks(0, DISK_SIZE, first);
    expect(lastBytes(found.pageRange)).toEqual(expected);
    await arm.client.restorePoints.delete(GROUP, "web-01-rpc", "rp-2", POLL);
    const again = await third.getPageRangesDiffForManagedDisks(0, DISK_SIZE, first);
    expect(lastBytes(again.pageRange)).toEqual(expected);
  });

  test("is everything when the disk was never written to before", async () => {
    const { arm } = await givenDisk(start);
    const first = await sasOfNewPoint(arm, "rp-1");
    await writeDisk(arm, PAGE, pageOf("a"));
    const second = blobOf(await sasOfNewPoint(arm, "rp-2"));
    const found = await second.getPageRangesDiffForManagedDisks(0, DISK_SIZE, first);
    expect(lastBytes(found.pageRange)).toEqual([listed(1, 1)]);
  });

  test("needs both to be open", async () => {
    const { arm } = await givenDisk(start);
    const name = await givenPoint(arm, "rp-1");
    const first = await sasOf(arm, "rp-1", name);
    const second = await sasOfNewPoint(arm, "rp-2");
    await revoke(arm, "rp-1", name);
    expect(await refusalOf(await compare(second, first))).toEqual(AUTHENTICATION_FAILED);
    const opened = await sasOf(arm, "rp-1", name);
    expect((await compare(second, opened)).status).toBe(200);
    arm.emulator.advance(HOUR);
    expect(await refusalOf(await compare(second, opened))).toEqual(AUTHENTICATION_FAILED);
  });

  test("is refused against a later one, another disk's, a disk's, and what is no SAS", async () => {
    const { arm } = await givenDisk(start);
    const first = await sasOfNewPoint(arm, "rp-1");
    const second = await sasOfNewPoint(arm, "rp-2");
    const points = arm.client.diskRestorePoint.listByRestorePoint(GROUP, "web-01-rpc", "rp-1");
    const os = (await all(points)).find(({ osType }) => osType !== undefined);
    const other = await sasOf(arm, "rp-1", os?.name ?? "");
    expect(await refusalOf(await compare(first, second))).toEqual({
      status: 400,
      code: "PreviousSnapshotCannotBeNewer",
    });
    const notFound = { status: 409, code: "PreviousSnapshotNotFound" };
    expect(await refusalOf(await compare(second, other))).toEqual(notFound);
    expect(await refusalOf(await compare(second, "rp-1"))).toEqual({
      status: 400,
      code: "InvalidHeaderValue",
    });
    const model = { location: LOCATION, creationData: { createOption: "Empty" }, diskSizeGB: 1 };
    await arm.client.disks.createOrUpdate(GROUP, "spare", model, POLL);
    const access = { access: "Read", durationInSeconds: 3600 };
    const disk = await arm.client.disks.grantAccess(GROUP, "spare", access, POLL);
    expect(await refusalOf(await compare(second, disk.accessSAS ?? ""))).toEqual(notFound);
    expect(await refusalOf(await compare(disk.accessSAS ?? "", first))).toEqual({
      status: 409,
      code: "PreviousSnapshotOperationNotSupported",
    });
  });

  test("is there between copies in another region too, and not across regions", async () => {
    const { arm } = await givenDisk(start);
    await writeDisk(arm, 0, pageOf("a"));
    const source = await sasOfNewPoint(arm, "rp-1");
    await givenTarget(arm);
    const copied = async (name: string) => {
      const disk = dataDiskOf(await givenCopy(arm, name));
      arm.emulator.advance(1000);
      return await sasOf(arm, name, disk, TARGET);
    };
    const first = await copied("rp-1");
    await writeDisk(arm, 4 * PAGE, pageOf("b"));
    await givenPoint(arm, "rp-2");
    const second = await copied("rp-2");
    const found = await blobOf(second).getPageRangesDiffForManagedDisks(0, DISK_SIZE, first);
    expect(lastBytes(found.pageRange)).toEqual([listed(4, 4)]);
    expect(await refusalOf(await compare(second, source))).toEqual({
      status: 409,
      code: "PreviousSnapshotNotFound",
    });
  });

  test("is refused when the disk was grown past 4 TiB in between", async () => {
    const { arm } = await givenDisk(start);
    const first = await sasOfNewPoint(arm, "rp-1");
    await arm.client.disks.update(GROUP, DATA_DISK, { diskSizeGB: 4097 }, POLL);
    const second = await sasOfNewPoint(arm, "rp-2");
    expect(await refusalOf(await compare(second, first))).toEqual({
      status: 409,
      code: "PreviousSnapshotOperationNotSupported",
    });
  });
});
