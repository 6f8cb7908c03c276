import { describe, expect, test } from "vitest";
import { forgetRequests } from "../../../src/lib/repeatability/forget-requests.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { REQUEST_ID, Things } from "../functions/repeatable-scene.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const thing = { name: "a" };

describe("a request that nobody may repeat any more", () => {
  test("leaves its id to another one, which is remembered as long as any", async () => {
    const scene = new Things();
    const first = await scene.repeatably(thing);
    scene.at += 24 * HOUR + 6 * MINUTE;
    const second = await scene.repeatably(thing);
    expect(second).toMatchObject({ status: 202, body: { state: "new" } });
    expect(second.body.id).not.toBe(first.body.id);
    await forgetRequests(scene, new Date(scene.at + 2 * HOUR));
    expect(await scene.repeatably(thing)).toEqual(second);
    expect(scene.things.size).toBe(2);
  });

  test("leaves its id to another one also in the moment it is forgotten", async () => {
    const scene = new Things();
    await scene.repeatably(thing);
    scene.at += 26 * HOUR;
    const { get } = scene.tables.repeatability;
    let second: Awaited<ReturnType<Things["repeatably"]>> | undefined;
    scene.tables.repeatability.get = async (key) => {
      const found = await get.call(scene.tables.repeatability, key);
      scene.tables.repeatability.get = get;
      second = await scene.repeatably(thing);
      return found;
    };
    await forgetRequests(scene, new Date(scene.at));
    expect(await scene.repeatably(thing)).toEqual(second);
    expect(scene.things.size).toBe(2);
  });

  test("leaves its id to one request, sent twice at once", async () => {
    const scene = new Things();
    await scene.repeatably(thing);
    scene.at += 26 * HOUR;
    const answers = await Promise.all([scene.repeatably(thing), scene.repeatably(thing)]);
    expect(answers[1]).toEqual(answers[0]);
    expect(scene.things.size).toBe(2);
  });

  test("is forgotten, and not before", async () => {
    const scene = new Things();
    const firstSent = scene.at + 5 * MINUTE;
    await scene.repeatably(thing, REQUEST_ID, firstSent);
    const last = firstSent + 24 * HOUR;
    await forgetRequests(scene, new Date(last));
    scene.at = last;
    expect(await scene.repeatably(thing, REQUEST_ID, firstSent)).toMatchObject({ status: 202 });
    expect(scene.runs).toBe(1);
    await forgetRequests(scene, new Date(last + HOUR));
    expect(await allOf(scene.tables.repeatability)).toEqual([]);
    expect(await allOf(scene.tables.repeatabilityDue)).toEqual([]);
  });
});
