/** Nothing is declared for nobody, and who uses a module is told what each parameter is. */
import type { Check, Problem } from "./problem.ts";

export const paramsAreDescribed: Check = ({ params }) =>
  params
    .filter(({ description }) => description === undefined || description.trim() === "")
    .map(({ name, line }) => ({ line, message: `parameter ${name} has no description` }));

export const allIsUsed: Check = ({
  params,
  variables,
  types,
  functions,
  references,
  resources,
}) => {
  const used = new Set(references.map(({ name }) => name));
  const unused = (what: string, names: readonly { name: string; line: number }[]): Problem[] =>
    names
      .filter(({ name }) => !used.has(name))
      .map(({ name, line }) => ({ line, message: `${what} ${name} is not used` }));
  const existing = resources
    .filter((resource) => resource.existing)
    .map(({ symbol, line }) => ({ name: symbol, line }));
  return [
    ...unused("parameter", params),
    ...unused("variable", variables),
    ...unused("type", types),
    ...unused("function", functions),
    ...unused("existing resource", existing),
  ];
};
