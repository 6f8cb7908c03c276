import { describe, expect, test } from "vitest";
import { allOf } from "../../fakes/memory-tables.ts";
import { REQUEST_ID, Things } from "./repeatable-scene.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const thing = { name: "a" };

describe("a request that is sent again with its id", () => {
  test("makes nothing again, and is answered with what was made as it is by then", async () => {
    const scene = new Things();
    const first = await scene.repeatably(thing);
    expect(first).toMatchObject({ status: 202, result: "accepted", body: { state: "new" } });
    scene.at += 23 * HOUR;
    scene.things.set(String(first.body.id), { name: "a", state: "old" });
    const again = await scene.repeatably(thing, REQUEST_ID, scene.at - 23 * HOUR);
    expect(again).toEqual({ ...first, body: { ...first.body, state: "old" } });
    expect([scene.runs, scene.things.size]).toEqual([1, 1]);
  });

  test("is the same request however its body is written", async () => {
    const scene = new Things();
    const first = await scene.repeatably('{"name":"a"}');
    expect(await scene.repeatably('{ "size": 1, "name": "a" }')).toEqual(first);
  });

  test("is another request once it was forgotten, and makes what nobody could have known beforehand", async () => {
    const scene = new Things();
    const first = await scene.repeatably(thing);
    scene.at += 25 * HOUR;
    const second = await scene.repeatably(thing);
    expect(second.status).toBe(202);
    // The time in an id is known; the rest of it must not be.
    const random = [first, second].map(({ body }) => String(body.id).slice(10));
    expect(random[0]).not.toBe(random[1]);
  });

  test("is another caller's own request", async () => {
    const scene = new Things();
    const answers = [
      await scene.repeatably(thing),
      await scene.repeatably(thing, REQUEST_ID, scene.at, "bob"),
    ];
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(2);
  });

  test("but asks for something else, is rejected", async () => {
    const scene = new Things();
    await scene.repeatably(thing);
    expect(await scene.repeatably({ name: "b" })).toMatchObject({
      status: 400,
      result: "rejected",
      body: { error: { code: "RepeatabilityMismatch", target: "Repeatability-Request-ID" } },
    });
    expect(scene.things.size).toBe(1);
  });

  test("but was first sent at another time, is rejected", async () => {
    const scene = new Things();
    await scene.repeatably(thing);
    scene.at += MINUTE;
    expect(await scene.repeatably(thing)).toMatchObject({
      status: 400,
      result: "rejected",
      body: { error: { code: "RepeatabilityMismatch" } },
    });
    expect(scene.things.size).toBe(1);
  });

  test("because the process died before the result was on record, makes the same thing", async () => {
    const scene = new Things();
    scene.disturb = () => Promise.reject(new Error("Died."));
    expect(await scene.repeatably(thing)).toMatchObject({ status: 500 });
    scene.disturb = async () => undefined;
    scene.at += HOUR;
    const again = await scene.repeatably(thing, REQUEST_ID, scene.at - HOUR);
    expect(again).toMatchObject({ status: 202, body: { id: [...scene.things.keys()][0] } });
    expect([scene.runs, scene.things.size]).toEqual([2, 1]);
  });

  test("while the first is being carried out, makes the same thing", async () => {
    const scene = new Things();
    const answers = await Promise.all([scene.repeatably(thing), scene.repeatably(thing)]);
    expect(answers[1]).toEqual(answers[0]);
    expect(scene.things.size).toBe(1);
  });

  test("after it was refused, is tried anew", async () => {
    const scene = new Things();
    const refused = { name: "refused" };
    const first = await scene.repeatably(refused);
    expect(first).toMatchObject({ status: 409, result: "accepted" });
    expect(await scene.repeatably(refused)).toEqual(first);
    expect(scene.runs).toBe(2);
  });
});

describe("a request without an id", () => {
  test("makes another thing each time", async () => {
    const scene = new Things();
    const answers = [await scene.make(thing), await scene.make(thing)];
    expect(answers.map(({ result }) => result)).toEqual([undefined, undefined]);
    expect(scene.things.size).toBe(2);
    expect(await allOf(scene.tables.repeatability)).toEqual([]);
  });
});

const NOW = "Sat, 31 Jan 2026 12:00:00 GMT";
const ID = "Repeatability-Request-ID";
const SENT = "Repeatability-First-Sent";

describe("an id that cannot be one", () => {
  test.each<[string, Record<string, string>, string]>([
    ["is missing", { [SENT]: NOW }, ID],
    ["is empty", { [ID]: "", [SENT]: NOW }, ID],
    ["is too long", { [ID]: "a".repeat(65), [SENT]: NOW }, ID],
    ["has other characters", { [ID]: "a/b", [SENT]: NOW }, ID],
    ["comes without a time", { [ID]: REQUEST_ID }, SENT],
    [
      "comes with a time in another format",
      { [ID]: REQUEST_ID, [SENT]: "2026-01-31T12:00:00Z" },
      SENT,
    ],
    [
      "comes with a wrong day of the week",
      { [ID]: REQUEST_ID, [SENT]: NOW.replace("Sat", "Sun") },
      SENT,
    ],
  ])("%s is rejected", async (_what, headers, target) => {
    const scene = new Things();
    expect(await scene.make(thing, headers)).toMatchObject({
      status: 400,
      result: "rejected",
      body: { error: { code: "InvalidHeader", target } },
    });
    expect(scene.things.size).toBe(0);
  });

  test.each([
    ["more than 24 hours ago", -24 * HOUR - MINUTE],
    ["in more than five minutes", 6 * MINUTE],
  ])("was first sent %s, and nobody knows what became of it", async (_when, ms) => {
    const scene = new Things();
    expect(await scene.repeatably(thing, REQUEST_ID, scene.at + ms)).toMatchObject({
      status: 412,
      result: "rejected",
      body: { error: { code: "RequestNotRepeatable", target: SENT } },
    });
  });

  test.each([-24 * HOUR, 5 * MINUTE])(
    "was first sent %i ms from now, and is carried out",
    async (ms) => {
      const scene = new Things();
      expect(await scene.repeatably(thing, REQUEST_ID, scene.at + ms)).toMatchObject({
        status: 202,
      });
    },
  );
});
