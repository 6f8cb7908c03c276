import { expect, test } from "vitest";
import { WriteGate } from "../../../../local/arm/bytes/write-gate.ts";

/** Something that goes on until it is told to end. */
function lasting(log: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const run = async () => {
    log.push(`${name} begins`);
    await promise;
    log.push(`${name} ends`);
  };
  return { run, end: resolve };
}

/** Whatever could go on by now has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("writes go on side by side", async () => {
  const log: string[] = [];
  const gate = new WriteGate();
  const [one, other] = [lasting(log, "one"), lasting(log, "other")];
  const writes = [gate.write(one.run), gate.write(other.run)];
  await settled();
  expect(log).toEqual(["one begins", "other begins"]);
  one.end();
  other.end();
  await Promise.all(writes);
});

test("a capture waits for the writes under way and holds back those that come after it", async () => {
  const log: string[] = [];
  const gate = new WriteGate();
  const [before, capture, after] = ["before", "capture", "after"].map((name) => lasting(log, name));
  const all = [gate.write(async () => await before?.run())];
  await settled();
  all.push(
    gate.exclusive(async () => await capture?.run()),
    gate.write(async () => await after?.run()),
  );
  await settled();
  expect(log).toEqual(["before begins"]);
  before?.end();
  await settled();
  expect(log).toEqual(["before begins", "before ends", "capture begins"]);
  capture?.end();
  after?.end();
  await Promise.all(all);
  expect(log.slice(3)).toEqual(["capture ends", "after begins", "after ends"]);
});

test("captures come one after the other", async () => {
  const log: string[] = [];
  const gate = new WriteGate();
  const [first, second] = [lasting(log, "first"), lasting(log, "second")];
  const both = [gate.exclusive(first.run), gate.exclusive(second.run)];
  await settled();
  expect(log).toEqual(["first begins"]);
  first.end();
  second.end();
  await Promise.all(both);
  expect(log).toEqual(["first begins", "first ends", "second begins", "second ends"]);
});

test("what fails tells its caller, and holds nobody up", async () => {
  const gate = new WriteGate();
  const failing = async () => {
    throw new Error("No.");
  };
  await expect(gate.write(failing)).rejects.toThrow("No.");
  await expect(gate.exclusive(failing)).rejects.toThrow("No.");
  expect(await gate.write(async () => "written")).toBe("written");
  expect(await gate.exclusive(async () => "captured")).toBe("captured");
});
