import { describe, expect, test } from "vitest";
import { decideRetention } from "../../../src/lib/retention/decide-retention.ts";
import { explainReason } from "../../../src/lib/retention/retention-reason.ts";
import { localRetention } from "../../../src/lib/upkeep/local-retention.ts";
import { copyOf, DAY, HOUR, hourly, point, timeAt } from "../../fixtures/points.ts";
import { policy, protection } from "../../fixtures/records.ts";
import { deleted, input, plan, type Scene } from "./planning.ts";

const until = (ms: number) => timeAt(ms).toISOString();
const chosen = (scene: Scene) => plan(scene).copies.map((each) => [each.region, each.point.name]);
const reasonsFor = (scene: Scene, name: string) =>
  decideRetention(localRetention(input(scene), []))
    .filter((each) => each.name === name)
    .flatMap(({ reasons }) => reasons.map(explainReason));

const unprotected = protection({ status: "Unprotected", policies: [] });

describe("a restore point that was asked for until a time", () => {
  const asked = point(0, { name: "r1", policies: [], keepUntil: until(2 * DAY) });
  const newer = hourly(3).slice(1);

  test("is kept until then, and deleted from then on", () => {
    const points = [asked, ...newer];
    const scene = { points, protection: unprotected };
    expect(deleted({ ...scene, now: timeAt(2 * DAY - 1) })).toEqual([]);
    expect(deleted({ ...scene, now: timeAt(2 * DAY) })).toEqual(["r1"]);
    expect(plan({ ...scene, now: timeAt(DAY) }).wakeAt).toEqual(timeAt(2 * DAY));
    expect(reasonsFor({ ...scene, now: timeAt(DAY) }, "r1")).toEqual([
      `Kept until ${until(2 * DAY)}, as was asked for.`,
    ]);
  });

  test("is not counted by policies: they keep as many of their own", () => {
    const active = [policy("hourly", { retention: { last: 2 } })];
    const late = point(3 * HOUR, { name: "r2", keepUntil: until(9 * DAY) });
    expect(deleted({ active, points: [...hourly(3), late] })).toEqual([hourly(1)[0]?.name]);
  });

  test("outlives its time while it is the newest good one", () => {
    expect(deleted({ points: [asked], protection: unprotected })).toEqual([]);
  });

  test("outlives its time while it is one of the floor of its policy", () => {
    const active = [policy("hourly", { retention: { last: 1, floor: 3 } })];
    const old = point(HOUR, { name: "r2", keepUntil: until(DAY) });
    const own = [point(0), point(2 * HOUR)];
    expect(deleted({ active, points: [...own, old] })).toEqual([]);
    expect(deleted({ active, points: [...own, old, point(3 * HOUR), point(4 * HOUR)] })).toContain(
      "r2",
    );
  });

  test("is never let go early to make room", () => {
    const many = hourly(495);
    const active = [policy("hourly", { retention: { last: 500 } })];
    const points = [point(0, { name: "r1", keepUntil: until(900 * DAY) }), ...many];
    const gone = deleted({ active, points, now: timeAt(30 * DAY) });
    expect(gone.length).toBeGreaterThan(0);
    expect(gone).not.toContain("r1");
  });

  test("is copied only where somebody asked for it", () => {
    const copies = [{ region: "northeurope", retention: { last: 5 } }];
    const active = [policy("hourly", { copies })];
    expect(chosen({ active, points: [asked] })).toEqual([]);
    const wanted = { ...asked, copyTo: ["westus", "swedencentral"] };
    expect(chosen({ active, points: [wanted] })).toEqual([
      ["westus", "r1"],
      ["swedencentral", "r1"],
    ]);
  });
});

describe("a restore point without a time and without policies", () => {
  test("stays until it is deleted by hand", () => {
    const points = hourly(3, { policies: [] });
    expect(deleted({ points, protection: unprotected, now: timeAt(4000 * DAY) })).toEqual([]);
  });
});

describe("a copy that was asked for", () => {
  const source = point(0, { copyTo: ["westus"], keepUntil: until(2 * DAY) });
  const newer = point(HOUR);

  test("is made in order, and its restore point waits for it", () => {
    const points = [point(0, { policies: [], keepUntil: until(HOUR), copyTo: ["westus"] }), newer];
    expect(deleted({ points, protection: unprotected })).toEqual([]);
    const copies = [copyOf(point(0, { name: "other" }), "westus", { state: "Copying" })];
    expect(chosen({ points, copies, protection: unprotected })).toEqual([]);
  });

  test("is given up once a newer one is there, since Azure copies in order", () => {
    const copies = [copyOf(newer, "westus")];
    expect(chosen({ points: [source, newer], copies })).toEqual([]);
  });

  test("lives as long as was asked for, though it is the newest of its region", () => {
    const copies = [copyOf(source, "westus", { keepUntil: source.keepUntil, requested: true })];
    const scene = { points: [newer], copies, protection: unprotected };
    expect(deleted({ ...scene, now: timeAt(2 * DAY - 1) })).toEqual([]);
    expect(deleted({ ...scene, now: timeAt(2 * DAY) })).toEqual([source.name]);
    // The last one there is of the VM.
    expect(deleted({ ...scene, points: [], now: timeAt(2 * DAY) })).toEqual([]);
  });

  test("without a time stays where no policy keeps copies", () => {
    const copies = [0, 1].map((hour) => copyOf(point(hour * HOUR), "westus", { requested: true }));
    const active = [policy("hourly", { whenUntagged: { outcome: "delete", after: "P1D" } })];
    const now = timeAt(400 * DAY);
    expect(plan({ active, points: [newer], copies, now }).deletions).toEqual([]);
  });
});

describe("a restore point that was asked for in another region alone", () => {
  const moved = point(0, { name: "r1", policies: [], onlyIn: "westus", copyTo: ["westus"] });
  const copy = copyOf(moved, "westus", { requested: true });

  test("goes from its own region once the copy is complete", () => {
    const points = [moved, point(HOUR)];
    const scene = { points, protection: unprotected };
    expect(deleted(scene)).toEqual([]);
    expect(deleted({ ...scene, copies: [{ ...copy, state: "Copying" }] })).toEqual([]);
    expect(plan({ ...scene, copies: [copy] }).deletions).toMatchObject([
      { point: "r1", reason: "It was asked for in westus alone, and its copy there is complete." },
    ]);
  });

  test("stays while it is the newest good one", () => {
    expect(deleted({ points: [moved], copies: [copy], protection: unprotected })).toEqual([]);
  });

  test("stays when the copy failed", () => {
    const points = [moved, point(HOUR)];
    const copies = [{ ...copy, state: "Failed" as const }];
    expect(deleted({ points, copies, protection: unprotected, now: timeAt(60_000) })).toEqual([]);
  });
});
