import { describe, expect, test } from "vitest";
import { deferred } from "../../src/deferred.ts";
import { once } from "../../src/lib/once.ts";

class Counter {
  #count = 0;
  async add(by: number): Promise<number> {
    this.#count += by;
    return this.#count;
  }
}

describe("what is deferred", () => {
  test("is loaded with its first call, and then kept with its state", async () => {
    let loads = 0;
    const counter = deferred<Counter>(async () => {
      loads += 1;
      return new Counter();
    });
    expect(loads).toBe(0);
    await Promise.all([counter.add(1), counter.add(2)]);
    expect(await counter.add(3)).toBe(6);
    expect(loads).toBe(1);
  });

  test("can be handed on by a function that answers with a promise", async () => {
    const counter = await (async () => deferred<Counter>(async () => new Counter()))();
    expect(await counter.add(1)).toBe(1);
  });
});

test("what could not be loaded is tried again by the next call, not by those that wait", async () => {
  const outcomes = [Promise.reject(new Error("no disk")), Promise.resolve("there")];
  const load = once(async () => await (outcomes.shift() ?? Promise.reject(new Error("too often"))));
  const waiting = await Promise.allSettled([load(), load()]);
  expect(waiting.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await load()).toBe("there");
  expect(await load()).toBe("there");
});
