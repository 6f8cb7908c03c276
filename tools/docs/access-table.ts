/** The part of docs/api.md that tells who may use which route. */
import { allRoutes } from "../all-routes.ts";
import { type Access, access, callers } from "./access.ts";

const HEADINGS = [
  ...["Request", "`Reader`", "`Operator`", "`PolicyAdmin`", "verb", "partner with it"],
  ...["without it", "for another VM", "disabled", "no token"],
];
const BEGIN = "<!-- access: written by `npm run docs` -->";
const END = "<!-- /access -->";

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function rowOf({ operation, verb, expected }: Access): string {
  const route = allRoutes.find(({ name }) => name === operation);
  if (route === undefined) throw new Error(`There is no route ${operation}.`);
  const answers = callers.map((caller) => expected[caller]);
  const cells = [...answers.slice(0, 3), verb ? `\`${verb}\`` : "", ...answers.slice(3)];
  return line([`\`${route.method} /${route.path}\``, ...cells]);
}

const table = (): string =>
  [line(HEADINGS), `|${"---|".repeat(HEADINGS.length)}`, ...access.map(rowOf)].join("\n");

/** The text with the table as it is by now. Throws when there is no place for it. */
export function withAccessTable(text: string): string {
  const [before, rest] = text.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) throw new Error(`There is no ${BEGIN}.`);
  return `${before}${BEGIN}\n${table()}\n${END}${after}`;
}
