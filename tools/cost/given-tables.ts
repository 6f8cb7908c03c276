/** The tables of what is not measured but given: prices, and what a fleet is taken to be. Pure. */
import type { Fleet } from "./fleet.ts";
import { grouped } from "./numbers.ts";
import { CREATE_SECONDS } from "./options.ts";
import type { Priced, Prices } from "./prices.ts";
import type { Row } from "./tables.ts";

export const priceRows = (prices: Prices): Row[] => [
  ["Price", "USD", "for each", "free in a month", "page"],
  ...(Object.keys(prices) as Priced[]).map((name) => {
    const { price, per, free, page } = prices[name];
    return [`\`${name}\``, `${price}`, grouped(per), free === 0 ? "" : grouped(free), page];
  }),
];

/** What is taken for granted of a fleet, and the option that says otherwise. */
export function assumptionRows(fleet: Omit<Fleet, "vms" | "subscriptions">): Row[] {
  const row = (what: string, value: number, option: string): Row => [
    what,
    grouped(value),
    `\`--${option}\``,
  ];
  return [
    ["Taken for granted", "", "otherwise"],
    row("disks of a VM", fleet.disks, "disks"),
    row("regions that each restore point is copied to", fleet.copies, "copies"),
    row(
      "seconds that Azure takes for a crash-consistent restore point",
      CREATE_SECONDS.crash,
      "create-seconds",
    ),
    row("… for an application-consistent one", CREATE_SECONDS.application, "create-seconds"),
    row("minutes that it takes for a copy", fleet.copyMinutes, "copy-minutes"),
    row("events of a VM in a day that change nothing", fleet.eventsPerVmDay, "events-per-vm-day"),
    row("grants in a month", fleet.grantsPerMonth, "grants"),
    row("whole VMs restored in a month", fleet.restoresPerMonth, "restores"),
    row("VMs that come in a month", fleet.newVmsPerMonth, "new-vms"),
    row("GiB used of a disk", fleet.usedGib, "used-gib"),
    row("GiB that change of it in a day", fleet.changedGibPerDay, "changed-gib-per-day"),
    row("GB of memory of an instance", fleet.instanceGb, "instance-gb"),
    row("bytes of a row in Log Analytics", fleet.bytesPerLogRow, "bytes-per-log-row"),
  ];
}
