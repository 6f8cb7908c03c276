/** Fills a table of Table Storage by transactions, each of one partition. */
import type { TableClient, TransactionAction } from "@azure/data-tables";
import { toEntity } from "../../src/lib/azure/entity-codec.ts";
import type { TableDefinition } from "../../src/lib/state/entity-table.ts";

/** The most that Table Storage takes. */
const PER_TRANSACTION = 100;
const AT_ONCE = 4;

export async function fillTable<T extends object>(
  client: TableClient,
  definition: TableDefinition<T>,
  records: readonly T[],
): Promise<void> {
  await client.createTable();
  const partitions = Map.groupBy(records, (record) => definition.keyOf(record).partitionKey);
  const transactions = [...partitions.values()].flatMap(inGroups).values();
  const work = async () => {
    for (const rows of transactions) {
      const actions = rows.map((row): TransactionAction => ["create", toEntity(definition, row)]);
      await client.submitTransaction(actions);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const inGroups = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / PER_TRANSACTION) }, (_, group) =>
    rows.slice(group * PER_TRANSACTION, (group + 1) * PER_TRANSACTION),
  );
