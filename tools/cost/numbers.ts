/** Numbers as people read them. Pure. */

export const grouped = (value: number, digits = 0): string =>
  value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });

/** Three digits that count: 12.3 million, 4.56 billion. */
export function rounded(value: number): string {
  if (value === 0) return "0";
  if (value >= 1e9) return `${(value / 1e9).toPrecision(3)} billion`;
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)} million`;
  if (value >= 1000) return grouped(Number(value.toPrecision(3)));
  return value >= 10 ? grouped(value) : `${Number(value.toPrecision(2))}`;
}

export const money = (value: number): string =>
  value >= 100 ? grouped(Number(value.toPrecision(3))) : grouped(value, 2);

/** Differences of what was measured may be a little below nothing. */
export const measured = (value: number): string => grouped(Math.max(0, value), 1);
