/**
 * What the HTTP API adds to storage: a GET by the app's functions in this process against one point read of the same
 * row, and a page of a list against the query of that page, in turns on the same Azurite. The same over HTTP to the
 * functions host, with a token that is checked, is for information.
 */
import type { TableClient } from "@azure/data-tables";
import { startStack } from "../local/stack/start-stack.ts";
import { azureTables } from "../src/lib/azure/azure-tables.ts";
import { apiVersions } from "../src/names.ts";
import { storageCredential } from "../test/contract/real-storage.ts";
import { handlersOn } from "./api/handlers.ts";
import { mediansOf } from "./api/pairs.ts";
import { type Filled, fillTables, HOLDER } from "./api/rows.ts";
import { conclude, printTable } from "./report.ts";

const READS = 200;
const PAGES = 60;
const TOP = 50;
const VERSION = `api-version=${apiVersions[0]}`;

const stack = await startStack({ seed: false, notifications: false });
try {
  const { table: url } = stack.azurite.urls(stack.azurite.account);
  const rows = await fillTables(url, new Date());
  const handler = handlersOn(azureTables(url, storageCredential));

  const overHttp = async (path: string) => {
    const response = await stack.api(`/${path}`);
    if (!response.ok) throw new Error(`${path} was answered ${response.status}.`);
    await response.text();
  };
  const read = async (name: string, list: string, param: string, { client, key, id }: Filled) => {
    const [call, path] = [handler(name), `${list}/${encodeURIComponent(id)}?${VERSION}`];
    return await mediansOf(READS, {
      storage: async () => void (await client.getEntity(key.partitionKey, key.rowKey)),
      function: () => call(path, { [param]: id }),
      http: () => overHttp(path),
    });
  };
  const page = async (name: string, list: string, { client }: Filled, filter?: string) => {
    const [call, path] = [handler(name), `${list}${VERSION}&top=${TOP}`];
    return await mediansOf(PAGES, {
      storage: () => pageOf(client, filter),
      function: () => call(path),
      http: () => overHttp(path),
    });
  };
  report({
    vm: await read("GetVm", "vms", "vm", rows.vms),
    grant: await read("GetGrant", "grants", "id", rows.grants),
    operation: await read("GetOperation", "operations", "operation", rows.operations),
    vmsPage: await page("ListVms", "vms?", rows.vms),
    grantsPage: await page(
      "ListGrants",
      `grants?holder=${HOLDER}&`,
      rows.grants,
      `PartitionKey eq '${HOLDER}'`,
    ),
  });
} finally {
  await stack.close();
}

async function pageOf(client: TableClient, filter: string | undefined): Promise<void> {
  const entities = client.listEntities(filter === undefined ? {} : { queryOptions: { filter } });
  await entities.byPage({ maxPageSize: TOP }).next();
}

function report(medians: Record<string, Record<"storage" | "function" | "http", number>>): void {
  const ratio = (over: number, under: number) => Number((over / under).toFixed(2));
  const measured = Object.entries(medians).map(([what, ms]) => ({
    ...{ what, ...ms },
    ratio: ratio(ms.function, ms.storage),
    httpRatio: ratio(ms.http, ms.storage),
  }));
  const text = (value: number) => Number(value.toFixed(1));
  printTable([
    ["median, ms", "storage alone", "function", "ratio", "over HTTP", "ratio"],
    ...measured.map((each) => [
      ...[each.what, text(each.storage), text(each.function), each.ratio],
      ...[text(each.http), each.httpRatio],
    ]),
  ]);
  conclude({
    bench: "api",
    figures: Object.fromEntries(measured.map(({ what, ratio }) => [`${what}Ratio`, ratio])),
    targets: measured.map(({ what }) => ({
      figure: `${what}Ratio`,
      below: what.endsWith("Page") ? 2 : 3,
    })),
  });
}
