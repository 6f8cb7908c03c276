/** A recorded run of the app, held to the table of its ARM calls and to its roles. */
import type { LoggedRequest } from "../../local/arm/request-log.ts";
import type { ArmCall } from "../../tools/permissions/arm-call.ts";

export type RecordedCall = Pick<LoggedRequest, "method" | "path" | "actions" | "status">;

/** ARM's paths and its actions are case-insensitive. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  "{scope}": "/.+",
  "{subscription}": "/subscriptions/[^/]+",
  "{group}": "/subscriptions/[^/]+/resourceGroups/[^/]+",
};

function isCallOf({ request }: Pick<ArmCall, "request">, call: RecordedCall): boolean {
  const [method = "", template = ""] = request.split(" ");
  const path = template
    .replaceAll(".", String.raw`\.`)
    .replaceAll(/\{\w+\}/g, (name) => PLACEHOLDERS[name] ?? "[^/]+");
  return call.method === method && new RegExp(`^${path}$`, "i").test(call.path);
}

const sameAction = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

/** Calls that the table does not have, or that took another action than it says. */
export const unlisted = (calls: readonly RecordedCall[], table: readonly ArmCall[]): string[] =>
  distinct(
    calls.flatMap((call) => {
      const rows = table.filter((row) => isCallOf(row, call));
      const known = rows.flatMap(({ action, linked }) => [
        action,
        ...linked.map((each) => each.action),
      ]);
      const unknown = (call.actions ?? []).filter(
        (action) => !known.some((each) => sameAction(each, action)),
      );
      if (rows.length === 0) return [`${call.method} ${call.path}`];
      return unknown.map((action) => `${call.method} ${call.path}: ${action}`);
    }),
  );

/** Rows of the table that nothing was called for. */
export const uncalled = (calls: readonly RecordedCall[], table: readonly ArmCall[]): string[] =>
  distinct(
    table.filter((row) => !calls.some((call) => isCallOf(row, call))).map(({ request }) => request),
  );

/** Actions of a role that no call took. What only Azure asks for is taken by the call that it asks it for. */
export function untaken(
  calls: readonly RecordedCall[],
  table: readonly ArmCall[],
  actions: readonly string[],
): string[] {
  const called = table.filter((row) => calls.some((call) => isCallOf(row, call)));
  const inAzure = called.flatMap(({ linked }) => linked.filter(({ onlyInAzure }) => onlyInAzure));
  const taken = [
    ...calls.flatMap((call) => call.actions ?? []),
    ...inAzure.map(({ action }) => action),
  ];
  return actions.filter((action) => !taken.some((each) => sameAction(each, action)));
}

export const forbidden = (calls: readonly RecordedCall[]): string[] =>
  calls.filter(({ status }) => status === 403).map(({ method, path }) => `${method} ${path}`);

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];
