/** A route template as a function from a path to its parameters. */
import { parseTemplate, type RouteParameter, type RouteSegment } from "./parse-template.ts";
import { routeConstraint } from "./route-constraint.ts";

export type RouteParams = Readonly<Record<string, string>>;

/** The path is decoded, without its leading slash. Returns undefined when it does not match. */
export type MatchRoute = (path: string) => RouteParams | undefined;

/** Literals match in any case; parameters that are absent from the path are absent from the result. */
export function compileRoute(template: string): MatchRoute {
  const segments = parseTemplate(template);
  const parameters = segments.flat().filter((part) => part.kind === "parameter");
  const patterns = variants(segments).map(toPattern);
  const accept = parameters.map(({ name, constraints }) => {
    const checks = constraints.map(routeConstraint);
    return (found: RouteParams) =>
      found[name] === undefined || checks.every((check) => check(found[name] ?? ""));
  });
  return (path) => {
    for (const pattern of patterns) {
      const match = pattern.regExp.exec(path);
      if (match === null) continue;
      const found = collect(parameters, pattern.names, match);
      if (accept.every((isAccepted) => isAccepted(found))) return found;
    }
    return undefined;
  };
}

function collect(
  parameters: readonly RouteParameter[],
  names: readonly string[],
  match: RegExpExecArray,
): RouteParams {
  const found = parameters.flatMap(({ name, defaultValue }): [string, string][] => {
    const at = names.indexOf(name);
    const value = (at < 0 ? undefined : match[at + 1]) || defaultValue;
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found);
}

/**
 * The template itself, then, if its last segment mixes parts and the last one is optional, the template without
 * that part and the dot before it: `{name}.{ext?}` splits at the last dot when there is one.
 */
function variants(segments: readonly RouteSegment[]): RouteSegment[][] {
  const last = segments.at(-1) ?? [];
  const end = last.at(-1);
  if (last.length < 2 || end?.kind !== "parameter" || !end.isOptional) return [[...segments]];
  return [[...segments], [...segments.slice(0, -1), last.slice(0, -2)]];
}

function toPattern(segments: readonly RouteSegment[]): { regExp: RegExp; names: string[] } {
  const names = segments.flat().flatMap((part) => (part.kind === "parameter" ? [part.name] : []));
  const source = segments.map((segment, at) => segmentSource(segment, at === 0)).join("");
  return { regExp: new RegExp(`^${source}/?$`, "is"), names };
}

function segmentSource(segment: RouteSegment, isFirst: boolean): string {
  const slash = isFirst ? "" : "/";
  const only = segment.length === 1 ? segment[0] : undefined;
  if (only?.kind === "parameter") {
    const value = only.isCatchAll ? "(.*?)" : "([^/]+)";
    const canBeAbsent = only.isCatchAll || only.isOptional || only.defaultValue !== undefined;
    return canBeAbsent ? `(?:${slash}${value})?` : `${slash}${value}`;
  }
  const parts = segment.map((part) =>
    part.kind === "literal" ? escapeRegExp(part.text) : "([^/]+)",
  );
  return `${slash}${parts.join("")}`;
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
