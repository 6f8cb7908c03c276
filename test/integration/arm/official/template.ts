/** An ARM template as the requests that a deployment of it sends. */
import { groupPath } from "../names.ts";
import type { Replayed } from "./replay.ts";

export interface Deployment {
  readonly group: string;
  readonly location: string;
  /** Instead of the template's own defaults. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface Template {
  readonly parameters?: Readonly<Record<string, { readonly defaultValue?: unknown }>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly resources: readonly object[];
}

/** What the emulator does not have: it takes a public address and a security group as they are named. */
const NOT_SENT = /^Microsoft\.Network\/(?!(networkInterfaces|virtualNetworks)$)/i;

export function requestsOf(text: string, deployment: Deployment): Replayed[] {
  const template: Template = JSON.parse(text);
  const resources = template.resources.map((each) => evaluated(each, { template, deployment }));
  return inOrder(resources as Evaluated[]).flatMap((resource) => {
    const { type, name, apiVersion, dependsOn: _, ...body } = resource;
    if (NOT_SENT.test(type)) return [];
    const path = `${pathOf(deployment.group, type, name)}?api-version=${apiVersion}`;
    return [{ method: "PUT", path, body }];
  });
}

interface Evaluated {
  readonly type: string;
  readonly name: string;
  readonly apiVersion: string;
  readonly dependsOn?: readonly string[];
}

/** Each after those that it depends on. */
function inOrder(resources: readonly Evaluated[]): readonly Evaluated[] {
  const ordered = new Set<Evaluated>();
  const take = (resource: Evaluated) => {
    for (const other of resources) {
      if (resource.dependsOn?.includes(`${other.type}/${other.name}`)) take(other);
    }
    ordered.add(resource);
  };
  resources.forEach(take);
  return [...ordered];
}

/** `a/b` of `Microsoft.Compute/restorePointCollections/restorePoints` */
function pathOf(group: string, type: string, name: string): string {
  const [provider, ...types] = type.split("/");
  const names = name.split("/");
  const pairs = types.map((each, index) => `${each}/${names[index]}`);
  return `${groupPath(group)}/providers/${provider}/${pairs.join("/")}`;
}

interface Context {
  readonly template: Template;
  readonly deployment: Deployment;
}

function evaluated(value: unknown, context: Context): unknown {
  if (typeof value === "string") {
    const [, expression] = /^\[(.*)\]$/.exec(value) ?? [];
    return expression === undefined ? value : valueIn(expression, context);
  }
  if (Array.isArray(value)) return value.map((each) => evaluated(each, context));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, evaluated(inner, context)]),
  );
}

/** A string in quotes, or a function with its arguments, of which these templates use a few. */
function valueIn(expression: string, context: Context): unknown {
  const text = expression.trim();
  const { template, deployment } = context;
  if (text.startsWith("'")) return text.slice(1, -1);
  if (text === "resourceGroup().name") return deployment.group;
  if (text === "resourceGroup().location") return deployment.location;
  const [, name = "", inside = ""] = /^(\w+)\((.*)\)$/.exec(text) ?? [];
  const args = argumentsIn(inside).map((each) => `${valueIn(each, context)}`);
  const [first = "", ...rest] = args;
  switch (name) {
    case "parameters":
      return deployment.parameters[first] ?? template.parameters?.[first]?.defaultValue;
    case "variables":
      return evaluated(template.variables?.[first], context);
    case "concat":
      return args.join("");
    case "resourceId":
      return first.includes("/")
        ? pathOf(deployment.group, first, rest.join("/"))
        : pathOf(first, rest[0] ?? "", rest.slice(1).join("/"));
    default:
      throw new Error(`What is ${text}?`);
  }
}

/** Split at the commas that are not in brackets. */
function argumentsIn(text: string): string[] {
  let depth = 0;
  const found = [""];
  for (const character of text) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "," && depth === 0) found.push("");
    else found.push(`${found.pop()}${character}`);
  }
  return found;
}
