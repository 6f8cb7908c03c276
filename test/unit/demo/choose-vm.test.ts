import { expect, test } from "vitest";
import { chooseVm } from "../../../local/demo/choose-vm.ts";
import { ArmRequestError } from "../../../local/stack/arm-client.ts";
import { fleet } from "../../../local/stack/fleet.ts";
import { vmIdOf, vmKeyOf } from "../../../local/stack/vm-address.ts";

interface Known {
  tagged: boolean;
  /** Restore points of this hour. */
  points: number;
  /** Restore points of longer ago. */
  oldPoints?: number;
}

const NAMES = fleet.map(({ name }) => name);
const json = (body: unknown) => new Response(JSON.stringify(body));

/** A stack whose app knows some VMs, and notices at once when a tag goes. */
function stackKnowing(known: Record<string, Known>, gone: string[] = []) {
  const untagged: string[] = [];
  return {
    untagged,
    api: async (path: string) => {
      if (path === "/vms")
        return json({
          value: Object.entries(known).map(([name, { tagged }]) => ({
            id: vmKeyOf(name),
            state: tagged ? "Protected" : "Unprotected",
          })),
        });
      const { points = 0, oldPoints = 0 } =
        Object.entries(known).find(([name]) => path.includes(vmKeyOf(name)))?.[1] ?? {};
      const point = (requestedAt: number) => ({
        name: "t1-a1",
        resourceId: "/",
        state: "Succeeded",
        requestedAt: new Date(requestedAt).toISOString(),
        disks: [],
        excludedDisks: [],
      });
      const recent = Array.from({ length: points }, () => point(Date.now() - 60_000));
      const old = Array.from({ length: oldPoints }, () => point(Date.now() - 2 * 3_600_000));
      return json({ value: [...recent, ...old] });
    },
    armRequest: async (method: string, path: string) => {
      const name = NAMES.find((each) => path.startsWith(vmIdOf(each))) ?? "";
      if (gone.includes(name)) throw new ArmRequestError("GET", 404, "gone");
      const vm = known[name];
      if (method === "PATCH" && vm) {
        vm.tagged = false;
        untagged.push(name);
      }
      return json(vm?.tagged ? { tags: { "restore-points": "hourly" } } : {});
    },
  };
}

const used = (tagged: boolean, points: number, oldPoints = 0): Known => ({
  tagged,
  points,
  oldPoints,
});

test.each<[string, Record<string, Known>, string[], string, string[]]>([
  ["the first of a fresh fleet", {}, [], "web-01", []],
  ["one that was never tagged", { "web-01": used(true, 1) }, [], "db-01", []],
  ["none that is gone", { "web-01": used(true, 1) }, ["db-01"], "app-01", []],
  [
    "one that is untagged, though it had restore points",
    {
      "web-01": used(true, 0),
      "db-01": used(true, 1),
      "app-01": used(false, 2),
      "batch-01": used(true, 0),
    },
    [],
    "app-01",
    [],
  ],
  [
    "the one with the fewest restore points, untagged first, when all are tagged",
    {
      "web-01": used(true, 2),
      "db-01": used(true, 1, 5),
      "app-01": used(true, 3),
      "batch-01": used(true, 2),
    },
    [],
    "db-01",
    ["db-01"],
  ],
])("takes %s", async (_case, known, gone, expected, untagged) => {
  const stack = stackKnowing(known, gone);
  expect(await chooseVm(stack, () => {})).toBe(expected);
  expect(stack.untagged).toEqual(untagged);
});

test("says so when Azure would take no more restore points of any VM this hour", async () => {
  const all = Object.fromEntries(NAMES.map((name) => [name, used(true, 3)]));
  await expect(chooseVm(stackKnowing(all), () => {})).rejects.toThrow(
    /3 restore points of this hour/,
  );
});
