/** Reads an ASP.NET route template: `vms/{id:int}/disks/{*rest}`. */

export interface RouteParameter {
  readonly kind: "parameter";
  readonly name: string;
  readonly isCatchAll: boolean;
  readonly isOptional: boolean;
  readonly defaultValue: string | undefined;
  /** As written: `int`, `length(1,5)`, `regex(^a$)`. */
  readonly constraints: readonly string[];
}

interface RouteLiteral {
  readonly kind: "literal";
  readonly text: string;
}

/** A segment is what stands between two slashes; it may mix literals and parameters, as in `{name}.{ext?}`. */
export type RouteSegment = readonly (RouteLiteral | RouteParameter)[];

/** Throws on braces that do not match. */
export function parseTemplate(template: string): RouteSegment[] {
  const segments: (RouteLiteral | RouteParameter)[][] = [[]];
  for (const token of tokens(template.replace(/^~?\//, ""))) {
    const current = segments.at(-1);
    if (token === "/") segments.push([]);
    else if (token.startsWith("{")) current?.push(parseParameter(token.slice(1, -1)));
    else current?.push({ kind: "literal", text: token });
  }
  return segments.filter((segment) => segment.length > 0);
}

/** Slashes, braced parameters and literals. Doubled braces inside a parameter stand for one brace of a regex. */
function* tokens(template: string): Generator<string> {
  const pattern = /\{(?:\{\{|\}\}|[^{}])+\}|\/|[^/{}]+/y;
  while (pattern.lastIndex < template.length) {
    const match = pattern.exec(template);
    if (match === null) throw new Error(`The route template '${template}' is invalid.`);
    yield match[0];
  }
}

function parseParameter(text: string): RouteParameter {
  const [, stars = "", name, rest = ""] = /^(\*{0,2})([^:=?*]+)(.*)$/.exec(text) ?? [];
  if (name === undefined) throw new Error(`The route parameter '{${text}}' is invalid.`);
  const constraints: string[] = [];
  let remaining = rest;
  while (remaining.startsWith(":")) {
    const constraint = takeConstraint(remaining.slice(1));
    constraints.push(constraint.replaceAll("{{", "{").replaceAll("}}", "}"));
    remaining = remaining.slice(1 + constraint.length);
  }
  const isOptional = remaining === "?";
  const defaultValue = remaining.startsWith("=") ? remaining.slice(1) : undefined;
  if (remaining !== "" && !isOptional && defaultValue === undefined) {
    throw new Error(`The route parameter '{${text}}' is invalid.`);
  }
  const isCatchAll = stars !== "";
  return { kind: "parameter", name, isCatchAll, isOptional, defaultValue, constraints };
}

/** Up to the next `:`, `?` or `=` outside parentheses. */
function takeConstraint(text: string): string {
  let depth = 0;
  for (const [at, character] of [...text].entries()) {
    if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    else if (depth === 0 && ":?=".includes(character)) return text.slice(0, at);
  }
  return text;
}
