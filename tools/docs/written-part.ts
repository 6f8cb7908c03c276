/** The part of a page that is written by `npm run docs`, between two comments. */

/** The text with that part as it is by now. Throws when there is no place for it. */
export function withPart(text: string, name: string, part: string): string {
  const begin = `<!-- ${name}: written by \`npm run docs\` -->`;
  const end = `<!-- /${name} -->`;
  const [before, rest] = text.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error(`There is no ${begin}.`);
  return `${before}${begin}\n${part}\n${end}${after}`;
}

/** A table of Markdown. */
export const tableOf = (
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string => [line(headings), `|${"---|".repeat(headings.length)}`, ...rows.map(line)].join("\n");

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
