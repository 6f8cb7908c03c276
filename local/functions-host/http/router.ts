/** Which function answers a request: the first in the order of names whose route and methods match. */
import type { HostedFunction, HttpTrigger } from "../app/hosted-function.ts";
import { compileRoute, type MatchRoute, type RouteParams } from "./route.ts";

interface RouteMatch {
  readonly fn: HostedFunction<HttpTrigger>;
  readonly params: RouteParams;
}

/** Undefined stands for 404, a wrong method included: methods are constraints of the route. */
export type FindRoute = (method: string, path: string) => RouteMatch | undefined;

/** Expects the functions in the order of their names. No route is more specific than another. */
export function createRouter(
  functions: readonly HostedFunction<HttpTrigger>[],
  routePrefix: string,
): FindRoute {
  const routes = functions.map((fn) => ({ fn, match: compileFor(fn, routePrefix) }));
  return (method, path) => {
    const decoded = decodePath(path).replace(/^\//, "");
    for (const { fn, match } of routes) {
      const params = hasMethod(fn, method) ? match(decoded) : undefined;
      if (params !== undefined) return { fn, params };
    }
    return undefined;
  };
}

function compileFor(fn: HostedFunction<HttpTrigger>, routePrefix: string): MatchRoute {
  const route = fn.trigger.route ?? fn.name;
  // The host keeps these for itself, whatever the prefix, and compares beginnings only.
  if (/^\/?(admin|runtime)/i.test(route)) {
    throw new Error(`The route of '${fn.name}' conflicts with a reserved one: ${route}.`);
  }
  return compileRoute([routePrefix, route.replace(/^\//, "")].filter(Boolean).join("/"));
}

function hasMethod(fn: HostedFunction<HttpTrigger>, method: string): boolean {
  return fn.trigger.methods.some((each) => each.toUpperCase() === method);
}

/** Kestrel decodes a path once, and leaves encoded slashes and broken escapes as they are. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll(/%2f/gi, (slash) => `%25${slash.slice(1)}`));
  } catch {
    return path;
  }
}
