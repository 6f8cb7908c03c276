/** Restore points, their disks and their copies, as they are read. */
import { describe, expect, test } from "vitest";
import { getRestorePoint } from "../../../src/functions/get-restore-point.ts";
import { listCopies } from "../../../src/functions/list-copies.ts";
import { listDisks } from "../../../src/functions/list-disks.ts";
import { listRestorePoints } from "../../../src/functions/list-restore-points.ts";
import {
  getRestorePointRoute,
  listCopiesRoute,
  listDisksRoute,
  listRestorePointsRoute,
} from "../../../src/lib/api/routes/restore-points.ts";
import type { Point } from "../../../src/lib/fleet/restore-point.ts";
import type { Copy } from "../../../src/lib/fleet/restore-point-copy.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { copyOf, HOUR, hourly, point } from "../../fixtures/points.ts";
import { protection, vmKey } from "../../fixtures/records.ts";
import { asking, everyPage } from "./asking.ts";

const DISKS = [
  { name: "os", sizeInGB: 30, diskRestorePointId: "/here/os" },
  { name: "data", lun: 1, sizeInGB: 64, diskRestorePointId: "/here/data" },
];
const first = point(0, { disks: DISKS });
const NAME = first.name;
const copied = copyOf(first, "northeurope", {
  disks: [{ name: "os", sizeInGB: 30, diskRestorePointId: "/there/os" }],
});

async function scene(points: Point[], copies: Copy[] = []) {
  const tables = memoryTables();
  await tables.protections.insert(protection());
  for (const each of points) await tables.points.insert(each);
  for (const each of copies) await tables.copies.insert(each);
  let asked = 0;
  const list = tables.points.list.bind(tables.points);
  tables.points.list = (...range) => {
    asked++;
    return list(...range);
  };
  const vm = { params: { vm: vmKey() } };
  const of = (name: string) => ({ params: { vm: vmKey().toUpperCase(), point: name } });
  const services = { tables };
  const all = asking(listRestorePointsRoute, listRestorePoints(services));
  const [get, disks, copiesOf] = [
    asking(getRestorePointRoute, getRestorePoint(services)),
    asking(listDisksRoute, listDisks(services)),
    asking(listCopiesRoute, listCopies(services)),
  ];
  return {
    asked: () => asked,
    names: async (query = "") => {
      const { value } = await all({ ...vm, query });
      return value.map(({ name }: Point) => name);
    },
    pages: (query: string) => everyPage<Point>(all, { ...vm, query }),
    get: (name: string) => get(of(name)),
    disks: (name: string) => disks(of(name)),
    copies: (name: string) => copiesOf(of(name)),
  };
}

describe("a restore point", () => {
  test("is told as in the list", async () => {
    const { get, names } = await scene([first]);
    expect(await names()).toEqual([NAME]);
    expect(await get(NAME)).toMatchObject({ name: NAME, at: first.at, disks: DISKS });
  });

  test("has disks, and so have its copies, by region", async () => {
    const other = point(HOUR);
    const { disks } = await scene([first, other], [copied, copyOf(other, "northeurope")]);
    expect(await disks(NAME)).toEqual({
      value: [
        ...DISKS,
        { name: "os", sizeInGB: 30, diskRestorePointId: "/there/os", region: "northeurope" },
      ],
    });
    expect(await disks(other.name)).toEqual({ value: [] });
  });

  test("has copies, of which nobody learns where they were copied from", async () => {
    const { copies } = await scene(
      [first],
      [copyOf(first, "westus", { state: "Copying" }), copied],
    );
    const answer = await copies(NAME);
    expect(answer).toMatchObject({
      value: [
        {
          region: "northeurope",
          point: NAME,
          state: "Succeeded",
          resourceId: copied.restorePointId,
        },
        { region: "westus", state: "Copying" },
      ],
    });
    expect(answer.value[0]).not.toHaveProperty("sourceCollectionId");
  });

  test("that is gone is not found, but its copies are", async () => {
    const { get, disks, copies } = await scene([], [copied]);
    await expect(get(NAME)).rejects.toMatchObject({ status: 404 });
    expect(await copies(NAME)).toMatchObject({ value: [{ region: "northeurope" }] });
    expect(await disks(NAME)).toMatchObject({ value: [{ name: "os", region: "northeurope" }] });
  });

  test.each(["s1-a1", "", "a/b", "../x", "x".repeat(81)])("%j is not found", async (name) => {
    const { get, disks, copies } = await scene([first], [copied]);
    for (const ask of [get, disks, copies]) {
      await expect(ask(name)).rejects.toMatchObject({ status: 404, code: "NotFound" });
    }
  });
});

describe("the restore points of a VM", () => {
  const hold = { reason: "A case.", by: "a-person", since: first.at };
  const odd = point(HOUR, {
    ...{ name: "t1-a1", state: "Failed", policies: ["daily"], location: "NorthEurope" },
    ...{ consistencyMode: "ApplicationConsistent", legalHold: hold },
  });

  test.each([
    ["state=Failed", ["t1-a1"]],
    ["policy=daily", ["t1-a1"]],
    ["region=northeurope", ["t1-a1"]],
    ["consistency=ApplicationConsistent", ["t1-a1"]],
    ["legalHold=true", ["t1-a1"]],
    ["legalHold=false", [NAME]],
    ["state=Creating", []],
    ["from=2026-03-01T01:00:00Z", ["t1-a1"]],
    ["to=2026-03-01T01:00:00Z", [NAME]],
  ])("can be those with %s alone", async (query, expected) => {
    const { names } = await scene([first, odd]);
    expect(await names(`?${query}`)).toEqual(expected);
  });

  test.each(["state=Gone", "legalHold=yes", "consistency=Crash", "from=yesterday", "orderby=at"])(
    "cannot be those with %s",
    async (query) => {
      const { names } = await scene([]);
      const target = query.slice(0, query.indexOf("="));
      await expect(names(`?${query}`)).rejects.toMatchObject({ status: 400, target });
    },
  );

  test("of some time are found in all kinds of slots, at the cost of what they are", async () => {
    const events = [1, 100, 450].map((hour) =>
      point(hour * HOUR, { name: `estarted-${hour}-a1`, cause: "started" }),
    );
    const { names, asked } = await scene([
      ...hourly(480),
      ...events,
      point(460 * HOUR, { name: "r202603200400-a1", cause: "requested" }),
      point(449 * HOUR, { name: "t2-a1", cause: "tagged" }),
    ]);
    // Half past the 449th hour to the 452nd.
    const found = await names("?from=2026-03-19T16:30:00Z&to=2026-03-19T20:00:00Z");
    expect(found).toEqual([
      ...["estarted-450-a1"],
      ...["s202603191700-a1", "s202603191800-a1", "s202603191900-a1"],
      ...["t2-a1"],
    ]);
    expect(asked()).toBe(3);
  });

  test("are seen once each, in the order of their names, also of some time", async () => {
    const { pages } = await scene([...hourly(30), odd]);
    const all = (await pages("?top=7")).flat().map(({ name }) => name);
    expect(all).toEqual([...hourly(30).map(({ name }) => name), "t1-a1"]);
    const late = (await pages("?top=7&from=2026-03-01T01:00:00Z")).flat().map(({ name }) => name);
    expect(late).toEqual(all.slice(1));
  });
});
