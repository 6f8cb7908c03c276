/** Routes by method and path template. ARM's paths are case-insensitive, the names in them too. */
import { ArmError } from "./arm-error.ts";
import type { Handler } from "./arm-request.ts";

export interface Route {
  readonly method: string;
  /** `/subscriptions/{subscriptionId}/…` */
  readonly template: string;
  readonly handler: Handler;
}

interface Match<R extends Route> {
  readonly route: R;
  readonly params: Readonly<Record<string, string>>;
}

interface Compiled<R extends Route> {
  readonly route: R;
  readonly segments: readonly string[];
}

/** Throws ARM's error when there is no such path, or when it does not take the method. */
export type Router<R extends Route> = (method: string, path: string) => Match<R>;

export function createRouter<R extends Route>(routes: readonly R[]): Router<R> {
  const bySize = new Map<number, Compiled<R>[]>();
  for (const route of routes) {
    const segments = route.template.split("/").slice(1);
    const lowered = segments.map((each) => (each.startsWith("{") ? each : each.toLowerCase()));
    bySize.set(segments.length, [
      ...(bySize.get(segments.length) ?? []),
      { route, segments: lowered },
    ]);
  }
  return (method, path) => {
    const names = path.replace(/\/$/, "").split("/").slice(1);
    const found = (bySize.get(names.length) ?? []).filter(({ segments }) => fits(segments, names));
    const match = found.find(({ route }) => route.method === method);
    if (match) return { route: match.route, params: paramsOf(match.segments, names) };
    if (found.length > 0) {
      const message = `The requested resource does not support http method '${method}'.`;
      throw new ArmError(405, "MethodNotAllowed", message);
    }
    const message = `The emulator has no ${method} ${path}: the resource type could not be found.`;
    throw new ArmError(404, "InvalidResourceType", message);
  };
}

const fits = (segments: readonly string[], names: readonly string[]): boolean =>
  segments.every((segment, index) => {
    const name = names[index] ?? "";
    return segment.startsWith("{") ? name !== "" : segment === name.toLowerCase();
  });

const paramsOf = (segments: readonly string[], names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    segments.flatMap((segment, index) =>
      segment.startsWith("{") ? [[segment.slice(1, -1), decodedName(names[index] ?? "")]] : [],
    ),
  );

/** A name in a path as the client means it; what is no percent-encoding stands for itself. */
function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
