/** Every route as everybody meets it: what docs/api.md tells, held against the app. */
import { describe, expect, test } from "vitest";
import { allRoutes } from "../../../tools/all-routes.ts";
import { access, callers, type Expected } from "../../../tools/docs/access.ts";
import { expectDescribed } from "../../described/expect-described.ts";
import { askingAs } from "../../routes/callers.ts";
import { type Answer, served } from "../../routes/served.ts";
import { usually } from "../../routes/usual-requests.ts";

test("every route is told of, and none that there is not", () => {
  const told = access.map(({ operation }) => operation);
  expect(told.toSorted()).toEqual(allRoutes.map(({ name }) => name).toSorted());
});

function outcomeOf({ status, body }: Answer): Expected | string {
  if (status >= 300) return String(status);
  const { value } = (body ?? {}) as { value?: unknown };
  // Lists about the fleet may be empty for whoever sees them.
  return Array.isArray(value) && value.length === 0 ? "none" : "yes";
}

/** Lists that hold nothing in this scene. */
const emptyLists = ["ListUnprotected", "ListReconciliations", "ListDrift", "ListAudit"];

describe.each(callers)("%s", (caller) => {
  test.each(access.map(({ operation, verb, expected }) => [operation, expected[caller], verb]))(
    "asks %s and is answered: %s",
    async (operation = "", expected, verb) => {
      const asking = askingAs(caller, verb);
      const { ask } = await served(asking);
      const answer = await ask(...usually(operation, asking));
      expectDescribed({ operation, ...answer });
      const outcome = outcomeOf(answer);
      const isShown = outcome === "none" && emptyLists.includes(operation);
      expect(isShown ? "yes" : outcome, JSON.stringify(answer.body)).toBe(expected);
    },
  );
});
