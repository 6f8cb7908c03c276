/** The parts of docs/scale.md that are reckoned from what was measured: `<!-- name: … -->` to `<!-- /name -->`. */
import { inEnoughSubscriptions } from "../cost/budgets.ts";
import type { Fleet } from "../cost/fleet.ts";
import { assumptionRows, priceRows } from "../cost/given-tables.ts";
import { policyNamed, usualFleet } from "../cost/options.ts";
import { readPrices } from "../cost/prices.ts";
import { pricesFile, readInputs } from "../cost/read-inputs.ts";
import {
  billRows,
  budgetRows,
  capacityRows,
  inputRows,
  monthRows,
  type Row,
} from "../cost/tables.ts";

const SIZES = [1000, 100_000, 1_000_000] as const;
const POLICIES = ["hourly", "gold", "daily"] as const;

const inputs = readInputs();
const { prices } = readPrices(pricesFile);

const fleetsOf = (policy: string, more: Partial<Fleet> = {}): (readonly [string, Fleet])[] =>
  SIZES.map((vms) => [
    `${vms.toLocaleString("en")} VMs`,
    inEnoughSubscriptions({ ...usualFleet, ...policyNamed(policy), ...more, vms }, inputs),
  ]);

const hourly = fleetsOf("hourly");
const daily = fleetsOf("daily");
const copied = fleetsOf("daily", { copies: 1 });

const blocks: Readonly<Record<string, readonly Row[]>> = {
  inputs: inputRows(inputs),
  assumptions: assumptionRows(usualFleet),
  "month-hourly": monthRows(hourly, inputs),
  "month-daily": monthRows(daily, inputs),
  "bill-hourly": billRows(hourly, inputs, prices),
  "bill-daily": billRows(daily, inputs, prices),
  "bill-copied": billRows(copied, inputs, prices),
  prices: priceRows(prices),
  capacity: capacityRows(
    POLICIES.map((name) => [`\`${name}\``, { ...usualFleet, ...policyNamed(name), vms: 1000 }]),
    inputs,
  ),
  budgets: budgetRows(hourly, inputs),
};

const line = (cells: Row): string => `| ${cells.join(" | ")} |`;

function markdown([headings = [], ...rows]: readonly Row[]): string {
  return [line(headings), `|${"---|".repeat(headings.length)}`, ...rows.map(line)].join("\n");
}

/** The text with its tables as they are by now. Throws when there is no place for one. */
export const withScaleTables = (text: string): string =>
  Object.entries(blocks).reduce((written, [name, rows]) => {
    const begin = `<!-- ${name}: written by \`npm run docs\` -->`;
    const [before, rest] = written.split(begin);
    const [, after] = rest?.split(`<!-- /${name} -->`) ?? [];
    if (before === undefined || after === undefined) throw new Error(`There is no ${begin}.`);
    return `${before}${begin}\n${markdown(rows)}\n<!-- /${name} -->${after}`;
  }, text);
