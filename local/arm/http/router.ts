/** Routes by method and path template. ARM's paths are case-insensitive, the names in them too. */
import type { Handler } from "./arm-request.ts";

export interface Route {
  readonly method: string;
  /** `/subscriptions/{subscriptionId}/…` */
  readonly template: string;
  /** The oldest api-version that has it, e.g. `2021-03-01`. */
  readonly since?: string;
  readonly handler: Handler;
}

interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export type Router = (method: string, path: string) => Match | undefined;

export function createRouter(routes: readonly Route[]): Router {
  const compiled = routes.map((route) => ({ route, pattern: patternOf(route.template) }));
  return (method, path) => {
    const trimmed = path.replace(/\/$/, "");
    for (const { route, pattern } of compiled) {
      const groups = route.method === method ? pattern.exec(trimmed)?.groups : undefined;
      if (groups) return { route, params: decoded(groups) };
    }
    return undefined;
  };
}

const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replace(/[.]/g, "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`, "i");

/** A name in a path as the client means it; what is no percent-encoding stands for itself. */
function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const decoded = (groups: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodedName(value)]));
