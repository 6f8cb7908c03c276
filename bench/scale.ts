/**
 * What one tick of DueVms costs with 1,000, 10,000 and 100,000 protected VMs of which 100 are due: storage
 * transactions on Azurite, and time on the ports in memory. Azurite itself scans its tables, so its times have no
 * target.
 */
import { conclude, printTable, rounded } from "./report.ts";
import { DUE } from "./scale/fleet-rows.ts";
import { ticksInMemory } from "./scale/in-memory.ts";
import { tickOnAzurite } from "./scale/on-azurite.ts";

const SIZES = [1000, 10_000, 100_000] as const;
const NOW = new Date("2026-11-23T02:00:00Z");

const inMemory = await ticksInMemory(SIZES, NOW);
const rows = [];
for (const { vms, medianMs } of inMemory) {
  const onAzurite = await tickOnAzurite(vms, NOW);
  console.log(`${vms} VMs were put into Azurite in ${rounded(onAzurite.fillSeconds)} s.`);
  rows.push({ vms, medianMs, ...onAzurite });
}
console.log();
printTable([
  ["protected VMs", "due", "storage transactions", "in memory, ms", "on Azurite, ms"],
  ...rows.map(({ vms, transactions, medianMs, tickMs }) => [
    vms,
    DUE,
    transactions,
    medianMs.toFixed(3),
    rounded(tickMs),
  ]),
]);
const transactions = rows.map((row) => row.transactions);
const medians = rows.map(({ medianMs }) => medianMs);
conclude({
  bench: "scale",
  figures: {
    transactions: Math.max(...transactions),
    transactionsApart: Math.max(...transactions) - Math.min(...transactions),
    timeRatio: Number((Math.max(...medians) / Math.min(...medians)).toFixed(2)),
  },
  targets: [
    { figure: "transactionsApart", atMost: 0 },
    { figure: "timeRatio", atMost: 1.5 },
  ],
});
