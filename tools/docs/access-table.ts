/** The part of docs/api.md that tells who may use which route. */
import { allRoutes } from "../all-routes.ts";
import { type Access, access, callers } from "./access.ts";
import { tableOf, withPart } from "./written-part.ts";

const HEADINGS = [
  ...["Request", "`Reader`", "`Operator`", "`PolicyAdmin`", "verb", "partner with it"],
  ...["without it", "for another VM", "disabled", "no token"],
];

function rowOf({ operation, verb, expected }: Access): string[] {
  const route = allRoutes.find(({ name }) => name === operation);
  if (route === undefined) throw new Error(`There is no route ${operation}.`);
  const answers = callers.map((caller) => expected[caller]);
  const cells = [...answers.slice(0, 3), verb ? `\`${verb}\`` : "", ...answers.slice(3)];
  return [`\`${route.method} /${route.path}\``, ...cells];
}

/** The text with the table as it is by now. Throws when there is no place for it. */
export const withAccessTable = (text: string): string =>
  withPart(text, "access", tableOf(HEADINGS, access.map(rowOf)));
