import { describe, expect, test } from "vitest";
import { givenVm } from "../given.ts";
import { diskId, GROUP, groupPath, LOCATION, vmId } from "../names.ts";
import { type Arm, azuriteOfThisFile } from "../scene.ts";
import { controlOf } from "./control-scene.ts";

const start = azuriteOfThisFile();
const PERMISSIONS = "providers/Microsoft.Authorization/permissions";

async function permit(arm: Arm, permissions: object): Promise<void> {
  const { ask } = await controlOf(arm);
  expect(await ask("PATCH", "settings", { body: { permissions } })).toMatchObject({ status: 200 });
}

const listOf = async ({ ask }: Arm, group = GROUP) =>
  (await ask("GET", `${groupPath(group)}/${PERMISSIONS}`)).body;

const putDisk = async ({ ask }: Arm, id = diskId("data")) => {
  const properties = { creationData: { createOption: "Empty" }, diskSizeGB: 1 };
  return await ask("PUT", id, { body: { location: LOCATION, properties } });
};

const forbidden = (action: string) => ({
  status: 403,
  body: { error: { code: "AuthorizationFailed", message: expect.stringContaining(action) } },
});

describe("the list of permissions", () => {
  test("has every action, and those alone that a setting leaves", async () => {
    const arm = await start();
    const none = { dataActions: [], notDataActions: [] };
    const everything = { value: [{ actions: ["*"], notActions: [], ...none }] };
    expect(await listOf(arm)).toEqual(everything);
    const notActions = ["Microsoft.Compute/disks/write"];
    await permit(arm, { [GROUP.toUpperCase()]: { notActions } });
    expect(await listOf(arm)).toEqual({ value: [{ actions: ["*"], notActions, ...none }] });
    await arm.ask("PUT", groupPath("other-rg"), { body: { location: LOCATION } });
    expect(await listOf(arm, "other-rg")).toEqual(everything);
    await permit(arm, {});
    expect(await listOf(arm)).toEqual(everything);
  });
});

describe("without its permission", () => {
  test.each([
    ["a write", "PUT", diskId("data"), "Microsoft.Compute/disks/write"],
    ["a read", "GET", diskId("data"), "Microsoft.Compute/disks/read"],
    ["a list", "GET", diskId("").slice(0, -1), "Microsoft.Compute/disks/read"],
    ["a deletion", "DELETE", diskId("data"), "Microsoft.Compute/disks/delete"],
    [
      "an action",
      "POST",
      `${vmId("web-01")}/deallocate`,
      "Microsoft.Compute/virtualMachines/deallocate/action",
    ],
  ])("%s is refused, and changes nothing", async (_, method, path, action) => {
    const arm = await start();
    await givenVm(arm, "web-01");
    await putDisk(arm);
    await arm.emulator.emulator.operations.idle();
    await permit(arm, { [GROUP]: { notActions: [action.toUpperCase()] } });
    const before = arm.changes.length;
    expect(await arm.ask(method, path, method === "PUT" ? { body: {} } : {})).toMatchObject(
      forbidden(action),
    );
    expect(arm.changes).toHaveLength(before);
  });

  test("what is left can still be done, in this group and in others", async () => {
    const arm = await start();
    await permit(arm, { [GROUP]: { actions: ["*/read", "Microsoft.Compute/virtualMachines/*"] } });
    expect(await putDisk(arm)).toMatchObject(forbidden("Microsoft.Compute/disks/write"));
    expect((await arm.ask("GET", diskId("data"))).status).toBe(404);
    await givenVm(arm, "web-01");
    await arm.ask("PUT", groupPath("other-rg"), { body: { location: LOCATION } });
    const elsewhere = diskId("data").replace(groupPath(GROUP), groupPath("other-rg"));
    expect((await putDisk(arm, elsewhere)).status).toBe(202);
  });

  test("everywhere is refused where a group has no permissions of its own", async () => {
    const arm = await start();
    const notActions = ["Microsoft.Compute/*/write"];
    await permit(arm, { "*": { notActions }, "other-rg": {} });
    expect(await putDisk(arm)).toMatchObject(forbidden("Microsoft.Compute/disks/write"));
    await arm.ask("PUT", groupPath("other-rg"), { body: { location: LOCATION } });
    const elsewhere = diskId("data").replace(groupPath(GROUP), groupPath("other-rg"));
    expect((await putDisk(arm, elsewhere)).status).toBe(202);
  });
});

describe("a caller with roles", () => {
  /** Whose token has no object id. */
  const CALLER = "unknown";
  const interfaceId = `${groupPath(GROUP)}/providers/Microsoft.Network/networkInterfaces/nic`;
  const JOIN = "Microsoft.Network/networkSecurityGroups/join/action";
  const securityGroup = {
    id: interfaceId.replace(/networkInterfaces\/.*/, "networkSecurityGroups/web"),
  };
  const body = {
    location: LOCATION,
    properties: {
      networkSecurityGroup: securityGroup,
      ipConfigurations: [{ name: "a", properties: {} }],
    },
  };
  const role = async (arm: Arm, caller: string, ...actions: string[]) => {
    const { ask } = await controlOf(arm);
    const answer = await ask("PATCH", "settings", { body: { roles: { [caller]: { actions } } } });
    expect(answer).toMatchObject({ status: 200 });
  };

  test("is refused what its roles do not give it at a resource that its request names", async () => {
    const arm = await start();
    await role(arm, CALLER, "Microsoft.Network/networkInterfaces/*");
    const refused = await arm.ask("PUT", interfaceId, { body });
    expect(refused).toMatchObject({
      status: 403,
      body: {
        error: {
          code: "LinkedAuthorizationFailed",
          message: expect.stringMatching(`${JOIN}.*${securityGroup.id}`),
        },
      },
    });
    expect((await arm.ask("GET", interfaceId)).status).toBe(404);
    await role(arm, CALLER, "Microsoft.Network/networkInterfaces/*", JOIN.toUpperCase());
    expect((await arm.ask("PUT", interfaceId, { body })).status).toBe(201);
    const { actions } = arm.emulator.requests.at(-1) ?? {};
    expect(actions).toEqual(["Microsoft.Network/networkInterfaces/write", JOIN]);
  });

  test("is judged by them alone, and others as before", async () => {
    const arm = await start();
    await permit(arm, { [GROUP]: { notActions: ["Microsoft.Compute/disks/write"] } });
    await role(arm, "somebody-else", "Microsoft.Compute/disks/read");
    expect(await putDisk(arm)).toMatchObject(forbidden("Microsoft.Compute/disks/write"));
    expect((await arm.ask("PUT", interfaceId, { body })).status).toBe(201);
    await role(arm, CALLER, "Microsoft.Compute/disks/write", "Microsoft.Authorization/*");
    expect((await putDisk(arm)).status).toBe(202);
    expect(await arm.ask("GET", diskId("data"))).toMatchObject(
      forbidden("Microsoft.Compute/disks/read"),
    );
    expect(await listOf(arm)).toMatchObject({
      value: [{ actions: ["Microsoft.Compute/disks/write", "Microsoft.Authorization/*"] }],
    });
  });
});
