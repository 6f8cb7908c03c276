/** The emulator with `--data`, killed at any moment and started again. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Emulator, runArm, startEmulator } from "./arm-alone-scene.ts";
import { waitFor } from "./wait-for.ts";

const GROUPS = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups";
const COMPUTE = `${GROUPS}/rg/providers/Microsoft.Compute`;
const DISK = `${COMPUTE}/disks/data`;
const OF_GROUPS = "?api-version=2021-04-01";
const OF_DISKS = "?api-version=2025-01-02";

async function givenFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "arm-data-"));
  onTestFinished(() =>
    rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  );
  return folder;
}

const start = (folder: string) => startEmulator("--port", "0", "--data", folder);

async function givenDisk(emulator: Emulator): Promise<void> {
  await emulator.ask("PUT", `${GROUPS}/rg${OF_GROUPS}`, { location: "westeurope" });
  const disk = {
    location: "westeurope",
    properties: { creationData: { createOption: "Empty" }, diskSizeGB: 1 },
  };
  await emulator.ask("PUT", `${DISK}${OF_DISKS}`, disk);
  await waitFor("the disk", async () => {
    const { body } = await emulator.ask("GET", `${DISK}${OF_DISKS}`);
    return stateOf(body) === "Succeeded" ? true : undefined;
  });
}

const stateOf = (body: unknown): unknown =>
  (body as { properties?: { provisioningState?: unknown } }).properties?.provisioningState;

const bytesUrl = ({ addresses }: Emulator, offset: number) =>
  `${addresses.control}/bytes?${new URLSearchParams({ id: DISK, offset: `${offset}` })}`;

const page = (number: number) => Buffer.alloc(512, `${number};`);

/** Writes groups and pages until the process is gone; answers how many were acknowledged. */
async function writeUntilKilled(emulator: Emulator, round: number) {
  const acknowledged = { groups: 0, pages: 0 };
  const forEver = async (name: "groups" | "pages", write: (number: number) => Promise<boolean>) => {
    while (await write(acknowledged[name]).catch(() => false)) {
      acknowledged[name] += 1;
      if (acknowledged.groups > 40 && acknowledged.pages > 40) emulator.process.kill("SIGKILL");
    }
  };
  await Promise.all([
    forEver("groups", async (number) => {
      const path = `${GROUPS}/rg-${round}-${number}${OF_GROUPS}`;
      return (await emulator.ask("PUT", path, { location: "westeurope" })).status === 201;
    }),
    forEver("pages", async (number) => {
      const body = page(round * 1_000_000 + number);
      return (await fetch(bytesUrl(emulator, number * 512), { method: "PUT", body })).ok;
    }),
  ]);
  return acknowledged;
}

describe("kill -9 of the emulator", () => {
  test("in the middle of many writes: everything that was acknowledged is there", async () => {
    const folder = await givenFolder();
    let emulator = await start(folder);
    const { token } = emulator.addresses;
    await fetch(`${emulator.addresses.control}/settings`, {
      method: "PATCH",
      body: JSON.stringify({ throttlingFactor: 0 }),
    });
    await givenDisk(emulator);
    for (let round = 0; round < 3; round++) {
      const killed = emulator;
      const written = await writeUntilKilled(killed, round);
      emulator = await start(folder);
      const { arm, control, disks } = emulator.addresses;
      expect({ control, disks }).toEqual({
        control: killed.addresses.control,
        disks: killed.addresses.disks,
      });
      expect(arm).not.toBe("");
      for (let number = 0; number < written.groups; number++) {
        const path = `${GROUPS}/rg-${round}-${number}${OF_GROUPS}`;
        expect(await emulator.ask("GET", path, undefined, token)).toMatchObject({ status: 200 });
      }
      const url = `${bytesUrl(emulator, 0)}&count=${written.pages * 512}`;
      const read = Buffer.from(await (await fetch(url)).arrayBuffer());
      const wrong = [...Array(written.pages).keys()].filter(
        (number) =>
          !read.subarray(number * 512, number * 512 + 512).equals(page(round * 1_000_000 + number)),
      );
      expect(wrong).toEqual([]);
    }
    await emulator.end("SIGTERM");
  });

  test("an operation goes on, a SAS still works, and settings and time are what they were", async () => {
    const folder = await givenFolder();
    const first = await start(folder);
    await givenDisk(first);
    await fetch(bytesUrl(first, 0), { method: "PUT", body: page(7) });
    const control = async (method: string, path: string, body: object) =>
      await fetch(`${first.addresses.control}/${path}`, { method, body: JSON.stringify(body) });
    const access = { access: "Read", durationInSeconds: 3600 };
    const { location } = await first.ask("POST", `${DISK}/beginGetAccess${OF_DISKS}`, access);
    const sas = await waitFor("the SAS", async () => {
      const { body } = await first.ask("GET", location.slice(first.addresses.arm.length));
      return (body as { accessSAS?: string } | undefined)?.accessSAS;
    });
    await control("PATCH", "settings", { diskWriteMs: 60_000 });
    await control("POST", "clock/advance", { seconds: 600 });
    await first.ask("PUT", `${COMPUTE}/disks/slow${OF_DISKS}`, {
      location: "westeurope",
      properties: { creationData: { createOption: "Empty" }, diskSizeGB: 1 },
    });
    await first.end("SIGKILL");

    const second = await start(folder);
    const { status, bytes } = await second.download(sas);
    expect(status).toBe(200);
    expect(bytes.subarray(0, 512)).toEqual(page(7));
    const settings = await (await fetch(`${second.addresses.control}/settings`)).json();
    expect(settings).toMatchObject({ diskWriteMs: 60_000 });
    const clock = await (await fetch(`${second.addresses.control}/clock`)).json();
    expect(clock).toMatchObject({ aheadSeconds: 600 });
    const slow = `${COMPUTE}/disks/slow${OF_DISKS}`;
    expect(stateOf((await second.ask("GET", slow)).body)).not.toBe("Succeeded");
    await fetch(`${second.addresses.control}/clock/advance`, {
      method: "POST",
      body: JSON.stringify({ duration: "PT2M" }),
    });
    await waitFor("the slow disk", async () =>
      stateOf((await second.ask("GET", slow)).body) === "Succeeded" ? true : undefined,
    );
    await second.end("SIGTERM");
  });
});

test("a folder is used by one emulator at a time", async () => {
  const folder = await givenFolder();
  const emulator = await start(folder);
  const { code, err } = await runArm("--port", "0", "--data", folder);
  expect(code).toBe(1);
  expect(err).toContain(`another emulator is using ${folder}`);
  expect(await emulator.ask("GET", `${GROUPS}${OF_GROUPS}`)).toMatchObject({ status: 200 });
  await emulator.end("SIGINT");
  const again = await start(folder);
  await again.end("SIGINT");
});

test("a state that was being loaded when the emulator was killed is there after the next start", async () => {
  const source = await start(await givenFolder());
  await givenDisk(source);
  await fetch(bytesUrl(source, 512), { method: "PUT", body: page(3) });
  const state = await (await fetch(`${source.addresses.control}/state`)).text();
  await source.end("SIGTERM");
  const folder = await givenFolder();
  await writeFile(join(folder, "loading.ndjson"), state);
  const emulator = await start(folder);
  const read = await fetch(`${bytesUrl(emulator, 512)}&count=512`);
  expect(Buffer.from(await read.arrayBuffer())).toEqual(page(3));
  await emulator.end("SIGKILL");
  const again = await start(folder);
  expect(await again.ask("GET", `${DISK}${OF_DISKS}`)).toMatchObject({ status: 200 });
  await again.end("SIGTERM");
});
