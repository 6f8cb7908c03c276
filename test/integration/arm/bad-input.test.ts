import { expect, test } from "vitest";
import { errorOf, everything, givenWrites } from "./bad-input-scene.ts";
import { azuriteOfThisFile } from "./scene.ts";

const start = azuriteOfThisFile();

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
