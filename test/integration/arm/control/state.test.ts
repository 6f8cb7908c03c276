import { describe, expect, test } from "vitest";
import { givenProtectedVm, givenRestorePoint, givenSubnet, SUBNET } from "../given.ts";
import { GROUP, groupPath, LOCATION, networkId, networkInterfaceId, vmId } from "../names.ts";
import { type Arm, azuriteOfThisFile } from "../scene.ts";
import { type Controlled, controlOf } from "./control-scene.ts";

const start = azuriteOfThisFile();

const MIB = 1024 ** 2;
const filled = (byte: number, count = 1024) => Buffer.alloc(count, byte);

async function osDiskOf({ client }: Arm): Promise<string> {
  const vm = await client.virtualMachines.get(GROUP, "web-01");
  return vm.storageProfile?.osDisk?.managedDisk?.id ?? "";
}

async function osDiskOfPoint({ client }: Arm, name: string): Promise<string> {
  const point = await client.restorePoints.get(GROUP, "web-01-rpc", name);
  return point.sourceMetadata?.storageProfile?.osDisk?.diskRestorePoint?.id ?? "";
}

/** A disk with a history: written, overwritten and cleared between its three restore points. */
async function givenHistory(arm: Arm) {
  await givenProtectedVm(arm);
  const diskId = await osDiskOf(arm);
  const disk = arm.emulator.disk(diskId);
  await disk.write(0, filled(1, 4096));
  await disk.write(3 * MIB - 512, filled(2, MIB + 1024));
  await givenRestorePoint(arm, "web-01-rpc", "first");
  await disk.write(512, filled(3));
  const { bytes, state } = arm.emulator.emulator;
  const record = state.disks.get(diskId);
  if (record) await bytes.clear(record, 3 * MIB, 1024);
  await givenRestorePoint(arm, "web-01-rpc", "second");
  await givenRestorePoint(arm, "web-01-rpc", "third");
  await disk.write(2048, filled(4));
  const ids = [diskId];
  for (const name of ["first", "second", "third"]) ids.push(await osDiskOfPoint(arm, name));
  return { diskId, ids, before: await contentsOf(arm, ids) };
}

const contentsOf = async ({ emulator }: Arm, ids: readonly string[]) =>
  await Promise.all(ids.map((id) => emulator.disk(id).read(0, 5 * MIB)));

const saved = async (control: Controlled) => (await control.ask("GET", "state")).text;

async function expectSame(arm: Arm, ids: readonly string[], before: readonly Buffer[]) {
  const after = await contentsOf(arm, ids);
  expect(after.map((each, index) => each.equals(before[index] ?? Buffer.alloc(0)))).toEqual(
    ids.map(() => true),
  );
}

describe("save and load", () => {
  test("after a reset, a disk and its restore points read as they did", async () => {
    const arm = await start();
    const control = await controlOf(arm);
    const { ids, before } = await givenHistory(arm);
    const state = await saved(control);
    expect(await control.ask("POST", "reset")).toMatchObject({ status: 204 });
    expect(await arm.ask("GET", vmId("web-01"))).toMatchObject({ status: 404 });
    expect(await control.ask("PUT", "state", { body: state })).toMatchObject({
      status: 204,
      text: "",
    });
    await expectSame(arm, ids, before);
    const usage = JSON.parse((await control.ask("GET", "usage")).text);
    expect(usage.totals.diskRestorePoints).toBe(6);
  });

  test("into another emulator, which goes on from there", async () => {
    const arm = await start();
    const { ids, before } = await givenHistory(arm);
    const vm = (await arm.ask("GET", vmId("web-01"))).body;
    const state = await saved(await controlOf(arm));
    await (await controlOf(arm)).ask("POST", "reset");
    const other = await start();
    expect(await (await controlOf(other)).ask("PUT", "state", { body: state })).toMatchObject({
      status: 204,
    });
    await expectSame(other, ids, before);
    expect((await other.ask("GET", vmId("web-01"))).body).toEqual(vm);
    await other.client.restorePoints.delete(GROUP, "web-01-rpc", "first", {
      updateIntervalInMs: 10,
    });
    // As many as Azure takes in an hour have been made: that was loaded as well.
    other.emulator.advance(3_600_000);
    await givenRestorePoint(other, "web-01-rpc", "fourth");
    await expectSame(other, ids.slice(2), before.slice(2));
    expect(await (await controlOf(other)).ask("GET", "state")).toMatchObject({ status: 200 });
  });

  test("a network, its subnets and the addresses taken of them", async () => {
    const arm = await start();
    const control = await controlOf(arm);
    await givenSubnet(arm);
    const nic = networkInterfaceId("nic-01");
    const ipConfigurations = [{ name: "one", properties: { subnet: { id: SUBNET } } }];
    const body = { location: LOCATION, properties: { ipConfigurations } };
    const made = await arm.ask("PUT", nic, { body });
    const network = (await arm.ask("GET", networkId("net"))).body;
    const state = await saved(control);
    await control.ask("POST", "reset");
    expect((await arm.ask("GET", SUBNET)).status).toBe(404);
    expect(await control.ask("PUT", "state", { body: state })).toMatchObject({ status: 204 });
    expect((await arm.ask("GET", networkId("net"))).body).toEqual(network);
    expect((await arm.ask("GET", nic)).body).toEqual(made.body);
    expect((await arm.ask("DELETE", SUBNET)).status).toBe(400);
    const next = await arm.ask("PUT", networkInterfaceId("nic-02"), { body });
    expect(JSON.stringify(next.body)).toContain('"privateIPAddress":"10.0.1.5"');
  });

  test("a load replaces what was there, blobs of the same disks included", async () => {
    const arm = await start();
    const control = await controlOf(arm);
    const { diskId, ids, before } = await givenHistory(arm);
    const state = await saved(control);
    await arm.emulator.disk(diskId).write(0, filled(9, MIB));
    await arm.ask("PUT", groupPath("later"), { body: { location: "westeurope" } });
    expect(await control.ask("PUT", "state", { body: state })).toMatchObject({ status: 204 });
    await expectSame(arm, ids, before);
    const savedAgain = withoutSnapshots(await saved(control));
    const lost = linesOf(state).filter((line) => !savedAgain.includes(line));
    expect(lost.map((line) => line.slice(0, 300))).toEqual([]);
    expect(await arm.ask("GET", groupPath("later"))).toMatchObject({ status: 404 });
  });

  test("operations that were under way go on, by the time that it was", async () => {
    const arm = await start({ crashConsistentCreateMs: 3_600_000 });
    const control = await controlOf(arm);
    await control.ask("POST", "clock/advance", { body: { seconds: 86_400 } });
    await givenProtectedVm(arm);
    const path = `${groupPath(GROUP)}/providers/Microsoft.Compute/restorePointCollections/web-01-rpc/restorePoints/late`;
    const body = { properties: { consistencyMode: "CrashConsistent" } };
    expect(await arm.ask("PUT", path, { body })).toMatchObject({ status: 201 });
    const state = await saved(control);
    await control.ask("POST", "reset");
    expect(await control.ask("GET", "clock")).toMatchObject({ body: { aheadSeconds: 0 } });
    await control.ask("PUT", "state", { body: state });
    expect(await control.ask("GET", "clock")).toMatchObject({ body: { aheadSeconds: 86_400 } });
    const creating = { properties: { provisioningState: "Creating" } };
    expect((await arm.ask("GET", path)).body).toMatchObject(creating);
    arm.emulator.advance(3_600_000);
    await arm.emulator.emulator.operations.idle();
    const made = { properties: { provisioningState: "Succeeded" } };
    expect((await arm.ask("GET", path)).body).toMatchObject(made);
  });
});

const linesOf = (state: string) => withoutSnapshots(state).split("\n");
const withoutSnapshots = (state: string) => state.replace(/"snapshot":"[^"]+"/g, "");

describe("a state that is wrong", () => {
  const changes: readonly (readonly [string, (lines: string[]) => string[]])[] = [
    ["is empty", () => []],
    ["is cut off", (lines) => lines.slice(0, -1)],
    ["lacks a line in the middle", (lines) => lines.toSpliced(3, 1)],
    ["has a line that is no JSON", (lines) => lines.with(4, "{")],
    ["has a part that nobody knows", (lines) => lines.with(4, '[["nonsense",{"set":{}}]]')],
    [
      "has a resource without its properties",
      (lines) => lines.with(4, '[["disks",{"set":{"id":"/x"}}]]'),
    ],
    [
      "has bytes outside of the disk",
      (lines) => lines.map((line) => line.replace('"offset":0', '"offset":999999999488')),
    ],
    [
      "has bytes that are no whole pages",
      (lines) => lines.map((line) => line.replace(/"base64":"[^"]+"/, '"base64":"AAAA"')),
    ],
    [
      "lacks the bytes of a restore point",
      (lines) => lines.map((line) => (line.startsWith('{"snapshot"') ? '{"clear":[]}' : line)),
    ],
  ];
  test.each(changes)(
    "%s: nothing of it is loaded, and the answer names the line",
    async (_, change) => {
      const arm = await start();
      const control = await controlOf(arm);
      const { ids, before } = await givenHistory(arm);
      const lines = (await saved(control)).trimEnd().split("\n");
      const answer = await control.ask("PUT", "state", { body: change(lines).join("\n") });
      expect(answer).toMatchObject({
        status: 400,
        body: { error: { code: "InvalidState", target: expect.stringMatching(/^line \d+$/) } },
      });
      await expectSame(arm, ids, before);
    },
  );
});
