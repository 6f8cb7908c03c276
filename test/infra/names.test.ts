/** The names that templates and code must agree on. */
import { beforeAll, describe, expect, test, vi } from "vitest";
import * as names from "../../src/names.ts";
import { registrations } from "../fakes/registered-app.ts";
import { nodesOf, partsOf, propertiesOf } from "./bicep/nodes.ts";
import { literal, template, variable } from "./template.ts";

const storage = template("modules/storage.bicep");
const main = template("main.bicep");

const sorted = (list: unknown) => (list as string[]).toSorted();

describe("the storage account that is deployed has", () => {
  test("the queues that the app uses", () => {
    expect(sorted(literal(storage, "queues"))).toEqual(sorted(Object.values(names.queues)));
  });

  test("for each of them the queue that the host moves poisoned messages to", () => {
    const poisoned = names.poisonQueueOf(`\${queue}` as names.QueueName);
    expect(variable(storage, "poisonQueues").text).toBe(`map(queues, queue => '${poisoned}')`);
  });

  test("the containers that the app uses", () => {
    const used = Object.entries(names).filter(([name]) => name.endsWith("Container"));
    expect(used.length).toBeGreaterThan(0);
    expect(sorted(literal(storage, "appContainers"))).toEqual(
      sorted(used.map(([, container]) => container)),
    );
  });

  test("a container of its own for the package", () => {
    expect(literal(storage, "packageContainer")).toEqual(expect.any(String));
    expect(literal(storage, "appContainers")).not.toContain(literal(storage, "packageContainer"));
  });

  test.each([
    ["containers", "concat(appContainers, [packageContainer])"],
    ["allQueues", "concat(queues, poisonQueues)"],
    ["allTables", "tables"],
  ])("%s for all of them", (symbol, list) => {
    const [loop] = [...nodesOf(storage.root)].filter(
      ({ type, parent }) =>
        type === "for_statement" && parent !== null && partsOf(parent)[0]?.text === symbol,
    );
    expect(partsOf(loop ?? storage.root)[1]?.text).toBe(list);
  });
});

describe("the tables that are deployed", () => {
  const used: string[] = [];

  beforeAll(async () => {
    vi.doMock("@azure/data-tables", async () => {
      const real = await vi.importActual<typeof import("@azure/data-tables")>("@azure/data-tables");
      class TableClient extends real.TableClient {
        constructor(...given: ConstructorParameters<typeof real.TableClient>) {
          super(...given);
          used.push(this.tableName);
        }
      }
      return { ...real, TableClient };
    });
    const { azureTables } = await import("../../src/lib/azure/azure-tables.ts");
    azureTables("https://shop.table.core.windows.net", { getToken: async () => null });
    return () => vi.doUnmock("@azure/data-tables");
  });

  test("are those that the app uses", () => {
    expect(used.length).toBeGreaterThan(0);
    expect(sorted(literal(storage, "tables"))).toEqual(sorted(used));
  });
});

describe("the functions that can be kept ready", () => {
  const functions = registrations();

  test("are functions of the app that scale by themselves", () => {
    const ready = literal(main, "functionsForTags") as string[];
    expect(ready.length).toBeGreaterThan(0);
    for (const name of ready) {
      expect(functions.get(name)?.trigger, name).toMatch(/^(eventGrid|storageQueue)$/);
    }
  });

  test("are asked for as Flex Consumption wants it", () => {
    const entry = [...nodesOf(variable(main, "readyForTags"))].find(
      ({ type }) => type === "object",
    );
    const properties = propertiesOf(entry).map(([key, value]) => [key, value.text]);
    expect(properties).toEqual([
      ["name", `'function:\${name}'`],
      ["instanceCount", "alwaysReadyForTags"],
    ]);
  });
});
