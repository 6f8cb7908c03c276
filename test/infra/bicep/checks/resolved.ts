/** Each name that is used is declared, in the module or in the language. */
import type { BicepModule } from "../module.ts";
import type { Reference } from "../references.ts";
import { decorators, functions, namespaces } from "./language.ts";
import type { Check } from "./problem.ts";

export const namesAreDeclared: Check = (module) => {
  const declared: Readonly<Record<Reference["kind"], ReadonlySet<string>>> = {
    value: new Set([...declaredValues(module), ...namespaces]),
    type: new Set(module.types.map(({ name }) => name)),
    function: new Set([...functions, ...module.functions.map(({ name }) => name)]),
    decorator: decorators,
  };
  return module.references
    .filter(({ kind, name }) => !declared[kind].has(name))
    .map(({ kind, name, line }) => ({ line, message: `${kind} ${name} is not declared` }));
};

export const namesAreDeclaredOnce: Check = (module) => {
  const seen = new Set<string>();
  return declaredValues(module)
    .filter((name) => seen.size === seen.add(name).size)
    .map((name) => ({ line: 1, message: `${name} is declared twice` }));
};

const declaredValues = ({ params, variables, resources, modules }: BicepModule): string[] => [
  ...[...params, ...variables].map(({ name }) => name),
  ...[...resources, ...modules].map(({ symbol }) => symbol),
];
