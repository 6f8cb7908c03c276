/** What every benchmark ends with: a table for people, and one line of JSON for machines. */

export interface Target {
  readonly figure: string;
  /** The figure must be below this, or with `atMost` not above it. */
  readonly below?: number;
  readonly atMost?: number;
}

export interface BenchResult {
  readonly bench: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly targets: readonly Target[];
}

/** Prints the line of JSON, and sets the exit code: 1 when a target is missed. */
export function conclude({ bench, figures, targets }: BenchResult): void {
  const met = targets.every((target) => meets(figures[target.figure], target));
  const named = Object.fromEntries(
    targets.map(({ figure, below, atMost }) => [
      figure,
      below === undefined ? `<= ${atMost}` : `< ${below}`,
    ]),
  );
  console.log(JSON.stringify({ bench, figures, targets: named, met }));
  if (!met) process.exitCode = 1;
}

const meets = (figure = Number.NaN, { below, atMost }: Target): boolean =>
  (below === undefined || figure < below) && (atMost === undefined || figure <= atMost);

/** A table with its columns aligned; numbers to the right. */
export function printTable(rows: readonly (readonly (string | number)[])[]): void {
  const texts = rows.map((row) => row.map(String));
  const widths = (texts[0] ?? []).map((_, column) =>
    Math.max(...texts.map((row) => (row[column] ?? "").length)),
  );
  for (const [index, row] of texts.entries()) {
    const cells = row.map((text, column) =>
      typeof rows[1]?.[column] === "number"
        ? text.padStart(widths[column] ?? 0)
        : text.padEnd(widths[column] ?? 0),
    );
    console.log(`  ${cells.join("  ")}`.trimEnd());
    if (index === 0) console.log(`  ${widths.map((width) => "-".repeat(width)).join("  ")}`);
  }
  console.log();
}

/** The value below which `share` (0 to 1) of the sample lies; nearest rank. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const rounded = (value: number): number => Math.round(value);
