import { describe, expect, test } from "vitest";
import { givenVm } from "./given.ts";
import { GROUP, vmId } from "./names.ts";
import { type Arm, azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const TAGS_PATH = `${vmId("web-01")}/providers/Microsoft.Resources/tags/default`;

type Tags = Record<string, string>;

const tagged = async (arm: Arm, tags: Tags) => await givenVm(arm, "web-01", { tags });

const patch = async ({ ask }: Arm, operation: string, tags: Tags) =>
  await ask("PATCH", TAGS_PATH, { body: { operation, properties: { tags } } });

const tagsOf = async ({ client }: Arm) => (await client.virtualMachines.get(GROUP, "web-01")).tags;

describe("the Tags API at a VM", () => {
  test("merges new tags into those that are there", async () => {
    const arm = await start();
    await tagged(arm, { env: "prod", owner: "ann" });
    const answer = await patch(arm, "Merge", { owner: "bob", "restore-points": "daily" });
    const tags = { env: "prod", owner: "bob", "restore-points": "daily" };
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: TAGS_PATH,
        name: "default",
        type: "Microsoft.Resources/tags",
        properties: { tags },
      },
    });
    expect(await tagsOf(arm)).toEqual(tags);
  });

  test("replaces all of them", async () => {
    const arm = await start();
    await tagged(arm, { env: "prod" });
    await patch(arm, "Replace", { owner: "ann" });
    expect(await tagsOf(arm)).toEqual({ owner: "ann" });
    await arm.ask("PUT", TAGS_PATH, { body: { properties: { tags: { team: "web" } } } });
    expect(await tagsOf(arm)).toEqual({ team: "web" });
  });

  test("deletes pairs of name and value", async () => {
    const arm = await start();
    await tagged(arm, { env: "prod", owner: "ann", team: "web" });
    await patch(arm, "Delete", { env: "prod", owner: "bob", nope: "" });
    expect(await tagsOf(arm)).toEqual({ owner: "ann", team: "web" });
  });

  test("does not mind the casing of a tag's name", async () => {
    const arm = await start();
    await tagged(arm, { Env: "prod", Owner: "ann" });
    await patch(arm, "Merge", { ENV: "test" });
    expect(await tagsOf(arm)).toEqual({ ENV: "test", Owner: "ann" });
    await patch(arm, "Delete", { owner: "ann" });
    expect(await tagsOf(arm)).toEqual({ ENV: "test" });
  });

  test("answers with the tags of the VM", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    expect((await arm.ask("GET", TAGS_PATH)).body).toMatchObject({ properties: { tags: {} } });
    await patch(arm, "Merge", { env: "prod" });
    expect((await arm.ask("GET", TAGS_PATH)).body).toMatchObject({
      properties: { tags: { env: "prod" } },
    });
  });

  test("is announced as a write of tags whose resource is the VM", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    await patch(arm, "Merge", { env: "prod" });
    const change = arm.changes.at(-1);
    expect(change).toMatchObject({
      resourceId: vmId("web-01"),
      operationName: "Microsoft.Resources/tags/write",
      category: "Write",
      resource: {
        id: vmId("web-01"),
        type: "Microsoft.Compute/virtualMachines",
        tags: { env: "prod" },
      },
    });
    expect(change).not.toHaveProperty("httpRequest");
  });

  test("refuses what Azure refuses", async () => {
    const arm = await start();
    await givenVm(arm, "web-01");
    const fiftyOne = Object.fromEntries(
      Array.from({ length: 51 }, (_, index) => [`t${index}`, ""]),
    );
    expect((await patch(arm, "Merge", fiftyOne)).status).toBe(400);
    expect((await patch(arm, "Merge", { env: "x".repeat(257) })).status).toBe(400);
    expect((await patch(arm, "Append", { env: "prod" })).status).toBe(400);
    const nope = TAGS_PATH.replace("web-01", "nope");
    expect((await arm.ask("GET", nope)).status).toBe(404);
    expect(await tagsOf(arm)).toBeUndefined();
  });

  test("never leaves more than fifty tags", async () => {
    const arm = await start();
    const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, ""]));
    await tagged(arm, fifty);
    expect((await patch(arm, "Merge", { T0: "again" })).status).toBe(200);
    expect((await patch(arm, "Merge", { another: "" })).status).toBe(400);
    expect(Object.keys((await tagsOf(arm)) ?? {})).toHaveLength(50);
  });
});
