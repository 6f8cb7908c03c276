import { describe, expect, test } from "vitest";
import { beginRequest } from "../../../src/lib/repeatability/begin-request.ts";
import { forgetRequests } from "../../../src/lib/repeatability/forget-requests.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { REQUEST_ID, Things } from "../functions/repeatable-scene.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const thing = { name: "a" };

/** Forgets what is due at that time, however long it takes. */
const forget = ({ tables }: Things, at: number) =>
  forgetRequests({ tables, now: () => new Date(at) }, MINUTE);

/** Something that was asked for so long ago that its id may be another request's. */
async function asked(ago: number): Promise<Things> {
  const scene = new Things();
  await scene.repeatably(thing);
  scene.at += ago;
  return scene;
}

describe("a request that nobody may repeat any more", () => {
  test("leaves its id to another one, which is remembered for the usual time", async () => {
    const scene = new Things();
    const first = await scene.repeatably(thing);
    scene.at += 24 * HOUR + 6 * MINUTE;
    const second = await scene.repeatably(thing);
    expect(second).toMatchObject({ status: 202, body: { state: "new" } });
    expect(second.body.id).not.toBe(first.body.id);
    await forget(scene, scene.at + 2 * HOUR);
    expect(await scene.repeatably(thing)).toEqual(second);
    expect(scene.things.size).toBe(2);
  });

  test("leaves its id to another one also in the moment it is forgotten", async () => {
    const scene = await asked(26 * HOUR);
    const { get } = scene.tables.repeatability;
    let second: Awaited<ReturnType<Things["repeatably"]>> | undefined;
    scene.tables.repeatability.get = async (key) => {
      const found = await get.call(scene.tables.repeatability, key);
      scene.tables.repeatability.get = get;
      second = await scene.repeatably(thing);
      return found;
    };
    await forget(scene, scene.at);
    expect(await scene.repeatably(thing)).toEqual(second);
    expect(scene.things.size).toBe(2);
  });

  test("leaves its id to one request, sent twice at once", async () => {
    const scene = await asked(26 * HOUR);
    const answers = await Promise.all([scene.repeatably(thing), scene.repeatably(thing)]);
    expect(answers[1]).toEqual(answers[0]);
    expect(scene.things.size).toBe(2);
  });

  test("is forgotten, and not before", async () => {
    const scene = new Things();
    const firstSent = scene.at + 5 * MINUTE;
    await scene.repeatably(thing, REQUEST_ID, firstSent);
    const last = firstSent + 24 * HOUR;
    await forget(scene, last);
    scene.at = last;
    expect(await scene.repeatably(thing, REQUEST_ID, firstSent)).toMatchObject({ status: 202 });
    expect(scene.runs).toBe(1);
    await forget(scene, last + HOUR);
    expect(await allOf(scene.tables.repeatability)).toEqual([]);
    expect(await allOf(scene.tables.repeatabilityDue)).toEqual([]);
  });
});

describe("as many requests as a partner may send in five minutes", () => {
  async function sent(count: number) {
    const scene = new Things();
    const at = new Date(scene.at).toISOString();
    for (let number = 0; number < count; number++) {
      await beginRequest(scene, { caller: "partner-a", id: `${number}`, asked: "", at });
    }
    scene.at += 26 * HOUR;
    return scene;
  }

  test("are forgotten at once", async () => {
    const scene = await sent(3000);
    await forget(scene, scene.at);
    expect(await allOf(scene.tables.repeatability)).toEqual([]);
    expect(await allOf(scene.tables.repeatabilityDue)).toEqual([]);
  });

  test("are forgotten as far as there is time, and the rest the next time", async () => {
    const scene = await sent(300);
    const { tables } = scene;
    const now = () => {
      scene.at += MINUTE;
      return new Date(scene.at);
    };
    await forgetRequests({ tables, now }, 2 * MINUTE);
    const left = await allOf(tables.repeatability);
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(300);
    expect(await allOf(tables.repeatabilityDue)).toHaveLength(left.length);
    await forget(scene, scene.at);
    expect(await allOf(tables.repeatability)).toEqual([]);
  });
});
