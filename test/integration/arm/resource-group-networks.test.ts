import { describe, expect, test } from "vitest";
import { givenSubnet, SUBNET } from "./given.ts";
import { GROUP, groupPath, LOCATION, networkInterfaceId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();
const GROUP_PATH = groupPath(GROUP);
const OTHER = groupPath("other-rg");
const INSIDE = networkInterfaceId("nic-01");
const ELSEWHERE = INSIDE.replace(GROUP_PATH, OTHER);

async function given(deleteMs = 0): Promise<Arm> {
  const arm = await start({ deleteMs });
  await givenSubnet(arm);
  await arm.ask("PUT", OTHER, { body: { location: LOCATION } });
  return arm;
}

const connect = async ({ ask }: Arm, nic: string) => {
  const ipConfigurations = [{ name: "one", properties: { subnet: { id: SUBNET } } }];
  return await ask("PUT", nic, { body: { location: LOCATION, properties: { ipConfigurations } } });
};

describe("deleting a resource group with a network", () => {
  test("is refused while a network interface elsewhere is in a subnet of it", async () => {
    const arm = await given();
    await connect(arm, ELSEWHERE);
    const message = /InUseSubnetCannotBeDeleted.*nic-01\/ipConfigurations\/one/;
    expect(await arm.ask("DELETE", GROUP_PATH)).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringMatching(message) } },
    });
    expect((await arm.ask("GET", SUBNET)).status).toBe(200);
    await arm.ask("DELETE", ELSEWHERE);
    expect((await arm.ask("DELETE", GROUP_PATH)).status).toBe(202);
  });

  test("fails when one comes into a subnet of it meanwhile", async () => {
    const arm = await given(3_600_000);
    const accepted = await arm.ask("DELETE", GROUP_PATH);
    expect((await connect(arm, ELSEWHERE)).status).toBe(201);
    arm.emulator.advance(3_600_000);
    expect(await finished(arm, accepted)).toMatchObject({
      status: "Failed",
      error: { message: expect.stringContaining("InUseSubnetCannotBeDeleted") },
    });
    expect((await arm.ask("GET", SUBNET)).status).toBe(200);
  });

  test("takes its network and the network interfaces in it along", async () => {
    const arm = await given();
    await connect(arm, INSIDE);
    const ended = await finished(arm, await arm.ask("DELETE", GROUP_PATH));
    expect(ended).toMatchObject({ status: "Succeeded" });
    await arm.ask("PUT", GROUP_PATH, { body: { location: LOCATION } });
    for (const id of [SUBNET, INSIDE]) expect((await arm.ask("GET", id)).status).toBe(404);
  });
});
