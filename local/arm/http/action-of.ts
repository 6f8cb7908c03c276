/** What Azure's roles call a request: `Microsoft.Compute/disks/write`. */
import type { Route } from "./router.ts";

const VERBS: Readonly<Record<string, string>> = {
  PUT: "write",
  PATCH: "write",
  DELETE: "delete",
  POST: "action",
};

export function actionOf({ method, template }: Pick<Route, "method" | "template">): string {
  const [, ofProvider] = /^.*\/providers\/(Microsoft\..+)$/.exec(template) ?? [];
  // ARM's own: the path begins with the subscription.
  const path = ofProvider ?? `Microsoft.Resources${template}`;
  // The tags of a resource have no name but this one.
  const names = path.split("/").filter((name) => !name.startsWith("{") && name !== "default");
  return [...names, VERBS[method] ?? "read"].join("/");
}
