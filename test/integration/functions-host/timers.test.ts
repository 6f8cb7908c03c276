import type { BlobLeaseClient } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FunctionsHost } from "../../../local/functions-host/spawn.ts";
import { eventually, Hosts, type Storage, seen, startStorage } from "./harness.ts";

interface Firing {
  readonly name: string;
  readonly timer: { readonly isPastDue: boolean; readonly scheduleStatus: { last: string } | null };
  readonly running?: number;
}

const YEAR = new Date().getUTCFullYear();
const NEXT_YEAR = `${YEAR + 1}-01-01T00:00:00+00:00`;
const hosts = new Hosts();
let storage: Storage;

beforeAll(async () => {
  storage = await startStorage();
});
afterAll(async () => {
  await hosts.killAll();
  await storage.stop();
});

/** Hosts with the same id are instances of one app. */
const start = (id: string, env: Record<string, string> = {}) =>
  hosts.start("timers", {
    ...storage.env,
    EVERY_SECOND: "* * * * * *",
    AzureFunctionsWebHost__hostid: id,
    ...env,
  });

const firings = async (host: FunctionsHost, name: string) =>
  (await seen<Firing>(host)).filter((each) => each.name === name);

const fired = (host: FunctionsHost, name: string, times = 1) =>
  eventually(async () => {
    const found = await firings(host, name);
    return found.length >= times ? found : undefined;
  });

const statusBlob = (id: string, name: string) =>
  storage.blobs
    .getContainerClient("azure-webjobs-hosts")
    .getBlockBlobClient(`timers/${id}/Host.Functions.${name}/status`);

const lockBlob = (id: string) =>
  storage.blobs
    .getContainerClient("azure-webjobs-hosts")
    .getBlockBlobClient(`locks/${id}/Host.Functions.Second.Listener`);

/** Takes the lock as another host would, for as long as the test likes. */
async function holdLock(id: string): Promise<BlobLeaseClient> {
  await storage.blobs.getContainerClient("azure-webjobs-hosts").createIfNotExists();
  const blob = lockBlob(id);
  if (!(await blob.exists())) await blob.upload("", 0);
  const lease = blob.getBlobLeaseClient();
  await lease.acquireLease(60);
  return lease;
}

const readStatus = (id: string, name: string) =>
  eventually(async () => {
    const blob = statusBlob(id, name);
    return (await blob.exists())
      ? JSON.parse((await blob.downloadToBuffer()).toString())
      : undefined;
  });

describe.concurrent("a timer", () => {
  test("leaves its status when it starts, and waits for its time", async () => {
    const host = await start("status");
    expect(await readStatus("status", "Yearly")).toEqual({
      Last: "0001-01-01T00:00:00+00:00",
      Next: NEXT_YEAR,
      LastUpdated: expect.any(String),
    });
    const [atStart] = await fired(host, "AtStart");
    expect(atStart?.timer.isPastDue).toBe(false);
    expect(await firings(host, "Yearly")).toEqual([]);
    await host.stop();
  });

  test("that missed its time while no host ran is run once, as past due", async () => {
    await storage.blobs.getContainerClient("azure-webjobs-hosts").createIfNotExists();
    const last = `${YEAR - 2}-06-01T00:00:00+00:00`;
    const next = `${YEAR - 1}-01-01T00:00:00+00:00`;
    const status = JSON.stringify({ Last: last, Next: next, LastUpdated: last });
    await statusBlob("past-due", "Yearly").upload(status, status.length);
    const host = await start("past-due");
    const [first] = await fired(host, "Yearly");
    expect(first?.timer).toMatchObject({ isPastDue: true, scheduleStatus: { last, next } });
    await eventually(async () =>
      (await readStatus("past-due", "Yearly")).Next === NEXT_YEAR ? true : undefined,
    );
    expect(await firings(host, "Yearly")).toHaveLength(1);
    await host.stop();
  });

  test("is run by hand", async () => {
    const host = await start("by-hand");
    const response = await fetch(`${host.url}/admin/functions/Yearly`, { method: "POST" });
    expect(response.status).toBe(202);
    const [first] = await fired(host, "Yearly");
    expect(first?.timer.isPastDue).toBe(false);
    await host.stop();
  });

  test("never overlaps with itself, and goes on after a failure", async () => {
    const host = await start("overlap");
    const found = await fired(host, "Long", 3);
    expect(found.map(({ running }) => running)).toEqual(found.map(() => 1));
    await host.stop();
  });

  test("fires in one of several hosts, and in the next one when that stops", async () => {
    const first = await start("handover");
    await fired(first, "Second");
    const second = await start("handover");
    await fired(first, "Second", 4);
    expect(await firings(second, "Second")).toEqual([]);
    await first.stop();
    await fired(second, "Second");
    await second.stop();
  });

  test("does not fire while a crashed host's lease lasts, and fires when it has ended", async () => {
    const lease = await holdLock("crashed");
    const host = await start("crashed");
    await fired(host, "Long", 2);
    expect(await firings(host, "Second")).toEqual([]);
    await lease.releaseLease();
    await fired(host, "Second");
    await host.stop();
  });

  test("stops when another host has taken its lease", async () => {
    const host = await start("lost");
    await fired(host, "Second");
    await lockBlob("lost").getBlobLeaseClient().breakLease(0);
    const lease = await holdLock("lost");
    await eventually(async () => host.output().includes("Timer Second: ") || undefined);
    const [before, longs] = [await firings(host, "Second"), await firings(host, "Long")];
    await fired(host, "Long", longs.length + 2);
    expect(await firings(host, "Second")).toHaveLength(before.length);
    await lease.releaseLease();
    await fired(host, "Second", before.length + 1);
    await host.stop();
  });
});

test("a host with an invalid schedule does not start", async () => {
  await expect(start("invalid", { EVERY_SECOND: "0 0 0 * * 7" })).rejects.toThrow(
    "'0 0 0 * * 7' was not recognized",
  );
});
