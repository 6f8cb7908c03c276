/** The table of metrics in docs/telemetry.md. */
import { metrics } from "../../src/lib/metrics.ts";

const BEGIN = "<!-- metrics: `npm run docs` -->\n";
const END = "<!-- end -->";

/** The document with the table as it has to be by now. Throws if there is no place for it. */
export function withMetricsTable(text: string): string {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error("docs/telemetry.md has no place for the metrics.");
  return `${text.slice(0, from + BEGIN.length)}${table()}${text.slice(to)}`;
}

function table(): string {
  const rows = Object.values(metrics).map(({ name, kind, unit, attributes, description }) => {
    const named = attributes.map((attribute) => `\`${attribute}\``).join(", ");
    return `| \`${name}\` | ${kind} | ${unit.replace(/[{}]/g, "")} | ${named} | ${description} |`;
  });
  return ["| Metric | | Unit | By | |", "|---|---|---|---|---|", ...rows, ""].join("\n");
}
