import { describe, expect, test } from "vitest";
import { type ListPage, listPage } from "../../../src/lib/api/page.ts";
import { readQuery } from "../../../src/lib/api/read-query.ts";
import { listVmsRoute } from "../../../src/lib/api/routes/vms.ts";
import { protectionTable } from "../../../src/lib/fleet/protection.ts";
import { InvalidContinuation } from "../../../src/lib/state/entity-table.ts";
import { InMemoryTable } from "../../fakes/in-memory-table.ts";
import { protection, SUBSCRIPTION, vmKey } from "../../fixtures/records.ts";

const address = "https://app.test/api/vms?api-version=2026-11-01";

function call(href: string) {
  const url = new URL(href);
  return { url, query: readQuery(listVmsRoute, url.searchParams) };
}

async function fleetOf(size: number) {
  const table = new InMemoryTable(protectionTable);
  for (let number = 0; number < size; number++) {
    await table.insert(protection({ vm: vmKey(`vm-${`${number}`.padStart(3, "0")}`) }));
  }
  return table;
}

const list = async (
  size: number,
  query = "",
  range: Parameters<typeof listPage>[1] = SUBSCRIPTION,
) => await listPage(await fleetOf(size), range, call(address + query), ({ vm }) => vm);

describe("a page", () => {
  test.each([
    ["", 50],
    ["&top=1", 1],
    ["&top=10", 10],
    ["&top=0010", 10],
    ["&top=200", 200],
  ])("asked for with %j holds %i", async (query, size) => {
    expect((await list(250, query)).value).toHaveLength(size);
  });

  test.each(["&top=0", "&top=201", "&top=-1", "&top=1.5", "&top=ten", "&top=", "&top=99999"])(
    "asked for with %j is refused",
    async (query) => {
      await expect(list(1, query)).rejects.toMatchObject({
        status: 400,
        code: "InvalidParameter",
        target: "top",
      });
    },
  );

  test("that holds everything has no next one", async () => {
    expect(await list(2, "&top=2")).toEqual({ value: [vmKey("vm-000"), vmKey("vm-001")] });
  });

  test("may be empty", async () => {
    expect(await list(0)).toEqual({ value: [] });
    expect(await list(3, "", "another-subscription")).toEqual({ value: [] });
  });

  test("leads to the next with the same question, until everything was seen once", async () => {
    const table = await fleetOf(7);
    const seen: string[] = [];
    let next: string | undefined = `${address}&top=3`;
    const sizes: number[] = [];
    while (next !== undefined) {
      const page: ListPage<string> = await listPage(table, {}, call(next), ({ vm }) => vm);
      seen.push(...page.value);
      sizes.push(page.value.length);
      next = page.nextLink;
      if (next) expect(next.startsWith(`${address}&top=3&continuation=`)).toBe(true);
    }
    expect(sizes).toEqual([3, 3, 1]);
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen).toHaveLength(7);
  });

  test("with a continuation that is none is refused", async () => {
    await expect(list(3, "&continuation=nonsense")).rejects.toMatchObject({
      status: 400,
      target: "continuation",
    });
  });

  test("that the table cannot give is not the caller's fault", async () => {
    const table = await fleetOf(0);
    table.list = () => Promise.reject(new Error("The storage is down."));
    const asked = call(address);
    await expect(listPage(table, {}, asked, ({ vm }) => vm)).rejects.toThrow(
      "The storage is down.",
    );
    await expect(listPage(table, {}, asked, ({ vm }) => vm)).rejects.not.toThrow(
      InvalidContinuation,
    );
  });

  describe("of what is filtered", () => {
    /** Of a fleet in which one VM in `every` is wanted, with the queries that it took. */
    async function filtered(size: number, top: number, every: number) {
      const table = await fleetOf(size);
      let queries = 0;
      const counted = {
        list: (...asked: Parameters<typeof table.list>) => {
          queries++;
          return table.list(...asked);
        },
      };
      const isWanted = (vm: string) => Number(vm.slice(-3)) % every === 0;
      const asked = call(`${address}&top=${top}`);
      const page = await listPage(counted, SUBSCRIPTION, asked, ({ vm }) =>
        isWanted(vm) ? vm : undefined,
      );
      return { shown: page.value.length, goesOn: page.nextLink !== undefined, queries };
    }

    test.each([
      ["one query, when all are wanted", 1, { shown: 20, goesOn: true, queries: 1 }],
      ["one query, when every other one is", 2, { shown: 10, goesOn: true, queries: 1 }],
      ["a few queries, to be half full", 4, { shown: 12, goesOn: true, queries: 3 }],
      ["five queries at most", 50, { shown: 2, goesOn: true, queries: 5 }],
    ])("takes %s", async (_what, every, expected) => {
      expect(await filtered(250, 20, every)).toEqual(expected);
    });

    test("is the last when nothing is left", async () => {
      expect(await filtered(30, 20, 50)).toEqual({ shown: 1, goesOn: false, queries: 2 });
    });
  });

  test("goes on where the service has only paused", async () => {
    const table = await fleetOf(3);
    const pauses = 8;
    let asked = 0;
    const pausing: Pick<typeof table, "list"> = {
      list: async (range, { size }) =>
        ++asked <= pauses
          ? { records: [], continuation: `${asked}` }
          : await table.list(range, { size }),
    };
    const page = await listPage(pausing, {}, call(address), ({ vm }) => vm);
    expect(page.value).toHaveLength(3);
  });
});
