import { encodeTime } from "ulid";
import { expect, test } from "vitest";
import { operationIdOf } from "../../../src/lib/operations/operation-id.ts";
import { forgetOperations } from "../../../src/lib/upkeep/forget-operations.ts";
import { allOf, memoryTables } from "../../fakes/memory-tables.ts";
import { DAY, timeAt } from "../../fixtures/points.ts";
import { vmKey } from "../../fixtures/records.ts";
import { restore } from "../../fixtures/restores.ts";

const begunAt = (days: number, vm = vmKey()) =>
  operationIdOf(vm, `${encodeTime(timeAt(days * DAY).getTime(), 10)}${"0".repeat(16)}`);
const ended = (days: number) =>
  ({ state: "Succeeded", endedAt: timeAt(days * DAY).toISOString() }) as const;

test("restores that ended more than a week ago are forgotten, whenever they began; others are not", async () => {
  const tables = memoryTables();
  const other = vmKey("web-02");
  const kept = [
    restore({ id: begunAt(-9) }),
    // Asked for again after it had failed.
    restore({ id: begunAt(-8), ...ended(-1), attempt: 2 }),
    restore({ id: begunAt(-2), ...ended(-2) }),
    restore({ id: begunAt(-9, other), vm: other, ...ended(-8) }),
  ];
  for (const each of [...kept, restore({ id: begunAt(-10), ...ended(-8) })]) {
    await tables.restores.insert(each);
  }
  await forgetOperations(tables, vmKey(), timeAt(0));
  const left = (await allOf(tables.restores)).map(({ id }) => id);
  expect(left.toSorted()).toEqual(kept.map(({ id }) => id).toSorted());
});
