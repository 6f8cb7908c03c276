/**
 * Bursts on a virtual clock, in the budgets that Azure was seen to allow in one subscription and region: 10,000 VMs
 * that are tagged at once, and 30,000 restore points that a changed policy lets go of. The time is compared with the
 * least that those budgets allow. Likewise 100 VMs that are restored at once. Then 1,000 VMs at once on the real parts: Azurite, the functions host and the emulator,
 * with a hundred times those budgets.
 */
import { type BurstResult, letGo, tagAtOnce } from "../test/simulation/burst.ts";
import { restoreAtOnce } from "../test/simulation/restores-burst.ts";
import { tagOnRealParts } from "./burst-on-real-parts.ts";
import { conclude, printTable } from "./report.ts";

const hours = (ms: number): string => (ms / 3_600_000).toFixed(2);
const ratio = ({ tookMs, leastMs }: BurstResult): number => Number((tookMs / leastMs).toFixed(2));

const sum = (of: (result: BurstResult) => number): number =>
  [tagged, deleted, restored].reduce((all, result) => all + of(result), 0);

const tagged = await tagAtOnce(10_000);
const deleted = await letGo(1000, 30);
const restored = await restoreAtOnce(100);
printTable([
  ["burst", "wanted", "done", "429s", "virtual hours", "least by the budgets", "ratio"],
  ...(
    [
      ["VMs tagged at once", tagged],
      ["restore points let go", deleted],
      ["VMs restored at once", restored],
    ] as const
  ).map(([name, result]) => [
    name,
    result.wanted,
    result.done,
    result.budgetsExceeded,
    hours(result.tookMs),
    hours(result.leastMs),
    ratio(result),
  ]),
]);
const real = await tagOnRealParts(1000, 100);
printTable([
  ["on real parts", "wanted", "done", "429s", "seconds"],
  [
    "VMs tagged at once",
    ...[real.wanted, real.done, real.throttled, Number((real.tookMs / 1000).toFixed(1))],
  ],
]);
conclude({
  bench: "burst",
  figures: {
    left: sum(({ wanted, done }) => wanted - done),
    budgetsExceeded: sum((result) => result.budgetsExceeded),
    leftOnRealParts: real.wanted - real.done,
    taggedRatio: ratio(tagged),
    deletedRatio: ratio(deleted),
    restoredRatio: ratio(restored),
  },
  targets: [
    { figure: "left", atMost: 0 },
    { figure: "leftOnRealParts", atMost: 0 },
    { figure: "budgetsExceeded", atMost: 0 },
    { figure: "taggedRatio", atMost: 1.3 },
    { figure: "deletedRatio", atMost: 1.3 },
    { figure: "restoredRatio", atMost: 1.3 },
  ],
});
