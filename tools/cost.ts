/**
 * What a fleet takes and costs in a month, and how much of Azure's budgets:
 *
 *     npm run cost -- --vms 1000 --policy hourly --disks 2 --copies 1 --prices ./my-prices.json
 */
import { printTable } from "../bench/report.ts";
import { inEnoughSubscriptions } from "./cost/budgets.ts";
import type { Fleet } from "./cost/fleet.ts";
import { readOptions } from "./cost/options.ts";
import { readPrices } from "./cost/prices.ts";
import { pricesFile, readInputs } from "./cost/read-inputs.ts";
import { billRows, budgetRows, capacityRows, monthRows } from "./cost/tables.ts";

const { fleet: asked, prices: file } = readOptions(process.argv.slice(2));
const inputs = readInputs();
const { what, currency, prices } = readPrices(file ?? pricesFile);
const { subscriptions } = asked;
const fleet: Fleet =
  subscriptions === undefined ? inEnoughSubscriptions(asked, inputs) : { ...asked, subscriptions };

const name = `${fleet.vms.toLocaleString("en")} VMs`;
const fleets = [[name, fleet]] as const;
console.log(`${name}, a restore point every ${fleet.everyHours} h, ${fleet.disks} disks each.\n`);
printTable(monthRows(fleets, inputs));
printTable(billRows(fleets, inputs, prices));
console.log(`  Prices in ${currency}. ${what}\n`);
printTable(budgetRows(fleets, inputs));
printTable(capacityRows([["as asked", fleet]], inputs));
