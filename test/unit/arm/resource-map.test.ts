import { expect, test } from "vitest";
import { Journal } from "../../../local/arm/state/journal.ts";
import { ResourceMap } from "../../../local/arm/state/resource-map.ts";

const mapOf = (...ids: string[]) => {
  const map = new ResourceMap<{ readonly id: string }>(new Journal(), "resources");
  for (const id of ids) map.set({ id });
  return map;
};

test("a resource is found and deleted by its id in any casing", () => {
  const map = mapOf("/groups/Web/vms/One");
  expect(map.get("/GROUPS/web/vms/one")).toEqual({ id: "/groups/Web/vms/One" });
  map.delete("/groups/web/VMS/one");
  expect(map.all()).toEqual([]);
});

test("a resource replaces the one with the same id", () => {
  expect(mapOf("/vms/one", "/vms/ONE").all()).toEqual([{ id: "/vms/ONE" }]);
});

test("those under a prefix are sorted by id, whatever the casing", () => {
  const map = mapOf("/groups/web/c", "/groups/WEB/a", "/groups/other/a", "/Groups/web/B");
  expect([...map.under("/groups/Web/")].map(({ id }) => id)).toEqual([
    "/groups/WEB/a",
    "/Groups/web/B",
    "/groups/web/c",
  ]);
});
