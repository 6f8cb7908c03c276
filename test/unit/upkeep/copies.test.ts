import { describe, expect, test } from "vitest";
import { copyOf, DAY, HOUR, hourly, point, timeAt } from "../../fixtures/points.ts";
import { policy, protection } from "../../fixtures/records.ts";
import { deleted, plan, type Scene } from "./planning.ts";

const copied = (retention: object, more: object = {}) =>
  policy("hourly", { copies: [{ region: "northeurope", retention }], ...more });
const chosen = (scene: Scene) => plan(scene).copies.map(({ point: { name } }) => name);

describe("a copy", () => {
  test("is made of the oldest restore point that the region's own retention would keep", () => {
    const points = hourly(30);
    expect(chosen({ active: [copied({ daily: 7 })], points })).toEqual([points[0]?.name]);
    expect(chosen({ active: [copied({ last: 3 })], points })).toEqual([points[27]?.name]);
  });

  test("is not made of what the region would not keep", () => {
    const points = hourly(5);
    const [first] = points;
    const copies = first ? [copyOf(first, "northeurope")] : [];
    expect(chosen({ active: [copied({ daily: 7 })], points, copies })).toEqual([]);
  });

  test("comes one after the other, in order, and never of an older one again", () => {
    const points = hourly(5);
    const copyAt = (index: number, more = {}) =>
      points[index] ? [copyOf(points[index], "northeurope", more)] : [];
    const active = [copied({ last: 10 })];
    expect(chosen({ active, points, copies: copyAt(1, { state: "Copying" }) })).toEqual([]);
    expect(chosen({ active, points, copies: copyAt(1) })).toEqual([points[2]?.name]);
    // One that failed is not copied again: the next one is.
    expect(chosen({ active, points, copies: copyAt(3, { state: "Failed" }) })).toEqual([
      points[4]?.name,
    ]);
  });

  test("waits when the last one was started less than twenty minutes ago", () => {
    const points = hourly(2);
    const copies = points[0]
      ? [copyOf(points[0], "northeurope", { requestedAt: timeAt(2 * DAY - 60_000).toISOString() })]
      : [];
    const scene = { active: [copied({ last: 10 })], points, copies };
    expect(chosen(scene)).toEqual([]);
    expect(plan(scene).wakeAt).toEqual(timeAt(2 * DAY + 19 * 60_000));
  });

  test("goes to several regions at once", () => {
    const regions = ["northeurope", "swedencentral"];
    const copies = regions.map((region) => ({ region, retention: { last: 2 } }));
    const { copies: choices } = plan({ active: [policy("hourly", { copies })], points: hourly(1) });
    expect(choices.map(({ region }) => region)).toEqual(regions);
  });

  test("is deleted by the rule of its own region, when the restore point is long gone", () => {
    const active = [copied({ last: 2 })];
    const copies = hourly(5).map((each) => copyOf(each, "northeurope"));
    const { deletions } = plan({ active, copies });
    expect(deletions.map(({ region, point: name }) => [region, name])).toEqual(
      copies.slice(0, 3).map((each) => ["northeurope", each.point]),
    );
  });
});

describe("a restore point that is copied", () => {
  const active = [copied({ last: 10 }, { retention: { last: 2 } })];

  test("is kept until its copy is complete", () => {
    const points = hourly(4);
    expect(deleted({ active, points })).toEqual([points[1]?.name]);
    const copies = points[1] ? [copyOf(points[1], "northeurope", { state: "Copying" })] : [];
    // The first is the start of the chain.
    expect(deleted({ active, points, copies })).toEqual([]);
  });

  test("and is the first of its chain is kept, since the next one would be full again without it", () => {
    const points = hourly(4);
    const copies = points.map((each) => copyOf(each, "northeurope"));
    expect(deleted({ active, points, copies })).toEqual([points[1]?.name]);
  });
});

describe("a policy that names another region alone", () => {
  const active = [policy("hourly", { region: "northeurope", retention: { last: 5 } })];

  test("has its restore points copied there, and keeps only the newest and the first here", () => {
    const points = hourly(4);
    expect(chosen({ active, points })).toEqual([points[0]?.name]);
    const copies = points.map((each) => copyOf(each, "northeurope"));
    expect(deleted({ active, points, copies })).toEqual([points[1]?.name, points[2]?.name]);
  });

  test("keeps those that were made straight there by its own rule, and copies none of them", () => {
    const points = hourly(7, { location: "northeurope" });
    expect(plan({ active, points })).toMatchObject({ copies: [] });
    expect(deleted({ active, points })).toEqual([points[0]?.name, points[1]?.name]);
  });

  test("is an ordinary one for a VM in that region", () => {
    const there = protection({ location: "northeurope" });
    const points = [point(0), point(HOUR)];
    expect(plan({ active, points, protection: there })).toMatchObject({
      copies: [],
      deletions: [],
    });
  });
});
