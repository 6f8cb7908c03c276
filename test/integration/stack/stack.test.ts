import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { recognisableBytes } from "../../../local/stack/disk-bytes.ts";
import { fleet } from "../../../local/stack/fleet.ts";
import { type Stack, startStack } from "../../../local/stack/start-stack.ts";
import { tagsOf } from "../../../local/stack/tag-vm.ts";
import { diskIdOf, vmIdOf } from "../../../local/stack/vm-address.ts";
import { isAlive } from "./is-alive.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ hosts: 2 });
});
afterAll(() => stack?.close());

describe("the fleet", () => {
  const disks = fleet.flatMap(({ osDisk, dataDisks }) => [osDisk, ...dataDisks]);

  test.each(disks)("has $name with bytes that say whose they are", async ({ name, sizeGB }) => {
    const disk = stack.arm.disk(diskIdOf(name));
    const expected = recognisableBytes(name, 32);
    expect(disk.sizeInBytes).toBe(sizeGB * 1024 ** 3);
    expect((await disk.read(0, expected.length)).equals(expected)).toBe(true);
  });

  test.each([
    ["web-01", "PowerState/running"],
    ["batch-01", "PowerState/deallocated"],
  ])("has %s in %s", async (name, code) => {
    const path = `${vmIdOf(name)}?api-version=2026-04-01&$expand=instanceView`;
    const vm = await (await stack.armRequest("GET", path)).json();
    expect(vm).toMatchObject({
      properties: { instanceView: { statuses: expect.arrayContaining([{ ...ANY_STATUS, code }]) } },
    });
  });

  test("is unknown to the app until somebody tags a VM", async () => {
    expect(await (await stack.api("/vms")).json()).toEqual({ value: [] });
  });
});

const ANY_STATUS = { level: expect.any(String), displayStatus: expect.any(String) };

describe.each(["vm", "tags"] as const)("tagging by way of %s", (how) => {
  test("sets, changes and removes one tag, and keeps the others", async () => {
    const path = `${vmIdOf("db-01")}?api-version=2026-04-01`;
    await stack.armRequest("PATCH", path, { tags: { owner: "us" } });
    await stack.tagVm("db-01", "none", how);
    await stack.tagVm("db-01", "none;consistency=crash", how);
    expect(await tagsOf(stack.armRequest, "db-01")).toEqual({
      owner: "us",
      "restore-points": "none;consistency=crash",
    });
    await stack.tagVm("db-01", undefined, how);
    await stack.tagVm("db-01", undefined, how);
    expect(await tagsOf(stack.armRequest, "db-01")).toEqual({ owner: "us" });
  });
});

test("a caller without a name of the stack is refused by its name", async () => {
  await expect(stack.api("/vms", { caller: "nobody" })).rejects.toThrow('no caller "nobody"');
});

test("a host that was killed serves again at its address, and the other served meanwhile", async () => {
  const before = stack.hosts[0];
  await before?.kill();
  await vi.waitUntil(async () => (await stack.api("/vms")).ok);
  expect((await stack.api("/vms")).ok).toBe(true);
  const after = await stack.restartHost(0);
  expect(after.url).toBe(before?.url);
  expect((await fetch(`${after.url}/api/health`)).ok).toBe(true);
});

test("closing leaves no process and no file behind", async () => {
  const { azurite, hosts, certificate } = stack;
  const pids = [azurite.pid, ...hosts.map(({ pid }) => pid)];
  await stack.close();
  expect(pids.filter(isAlive)).toEqual([]);
  expect(existsSync(dirname(certificate.caFile))).toBe(false);
});

test("a start that fails says why", async () => {
  await expect(startStack({ app: "/nowhere" })).rejects.toThrow(/\/nowhere/);
});
