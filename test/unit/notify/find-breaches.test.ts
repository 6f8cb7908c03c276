import { describe, expect, test } from "vitest";
import { protectionKey } from "../../../src/lib/fleet/protection.ts";
import { notify } from "../../../src/lib/notify/notify.ts";
import { protection, vmKey } from "../../fixtures/records.ts";
import { Scene } from "./scene.ts";

const at = (time: string) => ({ lastGoodPoint: { name: "s1-a1", at: time } });
const counted = ({ log }: Scene) =>
  log.entries.filter(({ event }) => event === "breachesCounted").map(({ fields }) => fields["vms"]);
/** At noon, two hours are promised. */
const missing = at("2026-01-31T09:30:00.000Z");
const since = "2026-01-31T11:30:00.000Z";

describe("looking through the fleet", () => {
  test.each([
    ["misses its RPO", missing, true],
    ["has never had a restore point", {}, true],
    ["misses it in this very millisecond", at("2026-01-31T10:00:00.000Z"), false],
    ["was told of already", { ...missing, breachTold: since }, false],
    [
      "was told of when it missed it before",
      { ...missing, breachTold: "2026-01-30T01:00:00.000Z" },
      true,
    ],
    ["is not protected any more", { ...missing, status: "Unprotected" as const }, false],
    ["has a policy that is not there", { ...missing, policies: ["gone"] }, false],
  ])("a VM that %s", async (_what, more, isTold) => {
    const scene = new Scene();
    await scene.tables.protections.insert(protection(more));
    await scene.notify({ of: "fleet" });
    expect(scene.told.map(({ message }) => message)).toEqual(
      isTold ? [expect.objectContaining({ of: "breach", vm: vmKey() })] : [],
    );
    scene.told.length = 0;
    await scene.notify({ of: "fleet" });
    expect(scene.told).toEqual([]);
  });

  test("leaves everything else of its record as it is, also whether it was planned lately", async () => {
    const scene = new Scene();
    await scene.tables.protections.insert(protection(missing));
    await scene.notify({ of: "fleet" });
    const stored = await scene.tables.protections.get(protectionKey(vmKey()));
    expect(stored?.record).toEqual({ ...protection(missing), breachTold: since });
  });

  test("goes page by page, and tells of each VM once", async () => {
    const scene = new Scene();
    const vms = Array.from({ length: 230 }, (_, number) => vmKey(`vm-${1000 + number}`));
    for (const vm of vms) await scene.tables.protections.insert(protection({ vm, ...missing }));
    await scene.notify({ of: "fleet" });
    // The next page is a message of its own, behind what its page has told.
    await scene.notify(scene.told[100]?.message ?? { of: "fleet" });
    await scene.notify(scene.told[201]?.message ?? { of: "fleet" });
    const told = scene.told.flatMap(({ message }) => (message.of === "breach" ? message.vm : []));
    expect(told).toEqual(vms);
    expect(counted(scene)).toEqual([230]);
  });

  test("counts those that miss their RPO, also when they were told of already and when nobody is told", async () => {
    const scene = new Scene();
    const kept = at("2026-01-31T11:00:00.000Z");
    const vms = [missing, { ...missing, breachTold: since }, kept].map((more, number) =>
      protection({ vm: vmKey(`vm-${number}`), ...more }),
    );
    for (const vm of vms) await scene.tables.protections.insert(vm);
    await notify({ ...scene, notifications: undefined })({ of: "fleet" }, scene.log);
    expect(scene.told).toEqual([]);
    expect(scene.log.events).toEqual(["breachesCounted"]);
    expect(counted(scene)).toEqual([2]);
  });
});
