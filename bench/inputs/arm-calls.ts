/** The app's calls of ARM, as ARM and as Microsoft.Compute count them. */
import type { Stack } from "../../local/stack/start-stack.ts";
import type { Quantity } from "../../tools/cost/spent.ts";

type Request = Stack["arm"]["requests"][number];
type ArmQuantity = Extract<
  Quantity,
  | `arm${string}`
  | "getOperation"
  | "getRestorePoint"
  | "createRestorePoint"
  | "deleteRestorePoint"
  | "list"
>;

/** Tags are the operator's own. */
const isOfApp = ({ path }: Request): boolean => !path.includes("Microsoft.Resources/tags");

export function armCalls(requests: readonly Request[]): Record<ArmQuantity, number> {
  const calls = requests.filter(isOfApp);
  const count = (test: (request: Request) => boolean) => calls.filter(test).length;
  const is = (method: string, path: RegExp) => (request: Request) =>
    request.method === method && path.test(request.path);
  return {
    armReads: count(({ method }) => method === "GET"),
    armWrites: count(({ method }) => method !== "GET" && method !== "DELETE"),
    armDeletes: count(({ method }) => method === "DELETE"),
    getOperation: count(is("GET", /\/(disk)?operations\//i)),
    getRestorePoint: count(is("GET", /\/restorePointCollections\/[^/]+/i)),
    createRestorePoint: count(is("PUT", /\/restorePoints\/[^/]+$/i)),
    deleteRestorePoint: count(is("DELETE", /\/restorePoints\/[^/]+$/i)),
    list: count(is("GET", /\/(virtualMachines|restorePointCollections)$/i)),
  };
}
