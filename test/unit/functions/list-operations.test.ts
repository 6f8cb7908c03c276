/** Which operations are listed, to whom. */
import { encodeTime } from "ulid";
import { describe, expect, test } from "vitest";
import { listOperations } from "../../../src/functions/list-operations.ts";
import { listOperationsRoute } from "../../../src/lib/api/routes/operations.ts";
import type { VmKey } from "../../../src/lib/fleet/vm-key.ts";
import { grantIdOf } from "../../../src/lib/grants/grant-id.ts";
import type { Operation } from "../../../src/lib/operations/operation.ts";
import { operationIdOf } from "../../../src/lib/operations/operation-id.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { PARTNER_ID, partnerCaller } from "../../fixtures/partners.ts";
import { operation, SUBSCRIPTION, vmKey } from "../../fixtures/records.ts";
import { asking, everyPage } from "./asking.ts";

const MINUTE = 60_000;
const NOON = Date.parse("2026-01-31T12:00:00.000Z");
const [WEB, DB] = [vmKey("web-01"), vmKey("db-01")];

/** Decided on `minutes` after noon, and recorded in the same moment unless said otherwise. */
function at(minutes: number, vm: VmKey = WEB, more: Partial<Operation> = {}): Operation {
  const time = NOON + minutes * MINUTE;
  const id = operationIdOf(vm, `${encodeTime(time, 10)}${"0".repeat(16)}`);
  return {
    ...operation({ id, vm, createdAt: new Date(time).toISOString() }),
    ...more,
  } as Operation;
}

const copyAt = (minutes: number, region: string): Operation =>
  at(minutes, WEB, {
    ...{ kind: "copyRestorePoint", region },
    request: { ...operation().request, sourceRestorePointId: "/here" },
  } as Partial<Operation>);

const accessOf = (holder: string, minutes: number, vm: VmKey = WEB): Operation =>
  at(minutes, vm, {
    kind: "revokeAccess",
    request: { grant: grantIdOf(holder, "0".repeat(26)) },
  } as Partial<Operation>);

async function scene(...operations: Operation[]) {
  const tables = memoryTables();
  for (const each of operations) await tables.operations.insert(each);
  let asked = 0;
  const list = tables.operations.list.bind(tables.operations);
  tables.operations.list = (...range) => {
    asked++;
    return list(...range);
  };
  const ask = asking(listOperationsRoute, listOperations({ tables }));
  const minutes = async (query = "", caller?: Parameters<typeof ask>[0]) => {
    const { value } = await ask({ query, ...caller });
    return value.map(
      ({ vm, createdAt }: { vm: VmKey; createdAt: string }) =>
        `${vm === DB ? "db" : "web"} ${(Date.parse(createdAt) - NOON) / MINUTE}`,
    );
  };
  return { ask, minutes, asked: () => asked };
}

describe("the operations", () => {
  test("are listed by VM, the oldest of each first", async () => {
    const { minutes } = await scene(at(2), at(1), at(3, DB));
    expect(await minutes()).toEqual(["db 3", "web 1", "web 2"]);
    expect(await minutes(`?vm=${WEB.toUpperCase()}`)).toEqual(["web 1", "web 2"]);
    expect(await minutes(`?vm=${vmKey("web-99")}`)).toEqual([]);
  });

  test.each([
    ["state=Running", ["web 2"]],
    ["state=NotStarted", ["web 1", "web 3"]],
    ["kind=createRestorePoint", ["web 1", "web 2"]],
    ["kind=copyRestorePoint&region=NorthEurope", ["web 3"]],
    ["region=westeurope", []],
  ])("can be those with %s alone", async (query, expected) => {
    const copy = copyAt(3, "northeurope");
    const { minutes } = await scene(at(1), at(2, WEB, { state: "Submitting" }), copy);
    expect(await minutes(`?${query}`)).toEqual(expected);
  });

  test.each([
    ["from=2026-01-31T12:02:00Z", ["2", "3", "90"]],
    ["to=2026-01-31T12:02:00Z", ["-90", "1"]],
    ["from=2026-01-31T12:01:00Z&to=2026-01-31T13:03:00%2B01:00", ["1", "2"]],
    ["from=2027-01-01T00:00:00Z", []],
    ["to=1970-01-01T00:00:00Z", []],
  ])("can be those of some time, of one VM and of all: %s", async (query, expected) => {
    const { minutes } = await scene(at(-90), at(1), at(2), at(3), at(90));
    const all = expected.map((each) => `web ${each}`);
    expect(await minutes(`?${query}`)).toEqual(all);
    expect(await minutes(`?vm=${WEB}&${query}`)).toEqual(all);
  });

  test("are of the time that they were recorded at, also when that was long after they were decided on", async () => {
    const { minutes } = await scene(
      at(0, WEB, { createdAt: new Date(NOON + 20 * MINUTE).toISOString() }),
    );
    expect(await minutes(`?vm=${WEB}&from=2026-01-31T12:15:00Z`)).toEqual(["web 20"]);
  });

  test("of a time in one VM are one query, however many others there are", async () => {
    const many = Array.from({ length: 300 }, (_, minute) => at(-4000 - minute));
    const { minutes, asked } = await scene(...many, at(1));
    expect(await minutes(`?vm=${WEB}&from=2026-01-31T12:00:00Z&top=10`)).toEqual(["web 1"]);
    expect(asked()).toBe(1);
  });

  test.each(["from=2026-01-31", "state=Planned", "kind=none", "vm=web-01", "region=West%20Europe"])(
    "cannot be those with %s",
    async (query) => {
      const { ask } = await scene();
      const target = query.slice(0, query.indexOf("="));
      await expect(ask({ query: `?${query}` })).rejects.toMatchObject({ status: 400, target });
    },
  );

  test("cannot be those of a time that ends before it begins", async () => {
    const { ask } = await scene();
    const query = "?from=2026-01-31T12:00:00Z&to=2026-01-31T12:00:00Z";
    await expect(ask({ query })).rejects.toMatchObject({ status: 400, target: "from" });
  });
});

describe("a partner", () => {
  const shop = { subscriptionId: SUBSCRIPTION, resourceGroup: "shop" };
  const web = partnerCaller({ scope: [{ ...shop, vm: "web-01" }], verbs: ["read", "grants"] });

  test("sees what is about its scope, and no access but its own", async () => {
    const { minutes } = await scene(
      ...[at(1), at(2, DB), accessOf(PARTNER_ID, 3), accessOf("another", 4)],
      accessOf(PARTNER_ID, 5, DB),
    );
    expect(await minutes("", { caller: web })).toEqual(["web 1", "web 3"]);
    const reads = partnerCaller({ scope: [shop] });
    expect(await minutes("", { caller: reads })).toEqual(["db 2", "db 5", "web 1", "web 3"]);
    const grants = partnerCaller({ scope: [shop], verbs: ["grants"] });
    expect(await minutes("", { caller: grants })).toEqual(["db 5", "web 3"]);
  });

  test("is told of a VM out of its scope what it is told of none, and nothing is read", async () => {
    const { ask, asked } = await scene(at(1), at(2, DB));
    expect(await ask({ query: `?vm=${DB}`, caller: web })).toEqual({ value: [] });
    expect(asked()).toBe(0);
  });

  test("goes from page to page through its scope", async () => {
    const { ask } = await scene(at(1), at(2), at(3), at(4, DB), at(5, DB));
    const scope = [
      { ...shop, vm: "web-01" },
      { ...shop, vm: "db-01" },
      { ...shop, vm: "none" },
    ];
    const pages = await everyPage(ask, { query: "?top=2", caller: partnerCaller({ scope }) });
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toMatchObject([
      { vm: DB },
      { vm: DB },
      { vm: WEB },
      { vm: WEB },
      { vm: WEB },
    ]);
  });
});
