import { expect, test } from "vitest";
import { errorOf, everything, givenWrites } from "./bad-input-scene.ts";
import { GROUP, groupPath, LOCATION, vmId } from "./names.ts";
import { azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

const TAGS = "Microsoft.Resources/tags/default";
const NO_OBJECTS = ["{", "nothing", "[]", "null", '"text"', "7", "true", "[{}]", '{"tags":'];

const deep = (depth: number): string =>
  `{"tags":${'{"a":'.repeat(depth)}1${"}".repeat(depth)},"properties":${"[".repeat(depth)}${"]".repeat(depth)}}`;

test("every request with a body takes the one that it should", async () => {
  const arm = await start({ throttlingFactor: 0 });
  for (const { name, method, path, body } of await givenWrites(arm)) {
    const { status } = await arm.ask(method, path, { body });
    expect([name, status]).toEqual([name, expect.toSatisfy((code) => code >= 200 && code < 300)]);
    await arm.emulator.emulator.operations.idle();
  }
});

test("what is no JSON object is refused everywhere, and changes nothing", async () => {
  const arm = await start({ throttlingFactor: 0 });
  const writes = await givenWrites(arm);
  await arm.emulator.emulator.operations.idle();
  const before = everything(arm);
  for (const { name, method, path } of writes) {
    for (const body of [...NO_OBJECTS, deep(100), deep(20_000)]) {
      const answer = await arm.ask(method, path, { body });
      expect([name, body.slice(0, 20), answer.status]).toEqual([name, body.slice(0, 20), 400]);
      expect(errorOf(answer)).toMatchObject({
        code: expect.any(String),
        message: expect.any(String),
      });
    }
  }
  expect(everything(arm)).toEqual(before);
});

test("a write without a body is refused, and changes nothing", async () => {
  const arm = await start({ throttlingFactor: 0 });
  const writes = await givenWrites(arm);
  await arm.emulator.emulator.operations.idle();
  const before = everything(arm);
  for (const { method, path } of writes) expect((await arm.ask(method, path)).status).toBe(400);
  expect(everything(arm)).toEqual(before);
});

test("null stands for what is left out, or is refused without a trace", async () => {
  const arm = await start({ throttlingFactor: 0 });
  const writes = await givenWrites(arm);
  await arm.emulator.emulator.operations.idle();
  for (const { method, path, body } of writes) {
    for (const name of Object.keys(body)) {
      const before = everything(arm);
      const answer = await arm.ask(method, path, { body: { ...body, [name]: null } });
      expect(answer.status).toBeLessThan(500);
      if (answer.status >= 400) expect(everything(arm)).toEqual(before);
      await arm.emulator.emulator.operations.idle();
    }
  }
  // Microsoft's description knows no null.
  arm.emulator.clearRequests();
});

test("a request that no resource takes is answered with the method that is not allowed", async () => {
  const arm = await start();
  const [, , vm] = await givenWrites(arm);
  expect(await arm.ask("POST", vm?.path ?? "", { body: {} })).toMatchObject({
    status: 405,
    body: { error: { code: "MethodNotAllowed", message: expect.stringContaining("POST") } },
  });
});

test.each([
  ["a subscription that is no GUID", "/subscriptions/x/resourceGroups/a", "InvalidSubscriptionId"],
  ["a name with a slash", groupPath("a%2Fb"), "InvalidResourceName"],
  ["a name that ends with a period", groupPath("web."), "InvalidResourceName"],
  ["a name that is too long", groupPath("a".repeat(261)), "InvalidResourceName"],
])("%s is refused", async (_, path, code) => {
  const arm = await start();
  const before = everything(arm);
  expect(await arm.ask("PUT", path, { body: { location: LOCATION } })).toMatchObject({
    status: 400,
    body: { error: { code } },
  });
  expect(everything(arm)).toEqual(before);
});

test("a name that is badly encoded belongs to nothing", async () => {
  const arm = await start();
  for (const path of [vmId("%E0%A4%A"), `${vmId("%E0%A4%A")}/providers/${TAGS}`]) {
    expect((await arm.ask("GET", path)).status).toBe(404);
  }
  expect((await arm.ask("GET", `${groupPath(GROUP)}/providers/${TAGS}/`)).status).toBe(200);
});
