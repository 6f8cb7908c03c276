import { describe, expect, test } from "vitest";
import { vmIdOf } from "../../../src/lib/fleet/vm-key.ts";
import { restoredId } from "../../../src/lib/restores/restore.ts";
import { vmKey } from "../../fixtures/records.ts";
import { restore } from "../../fixtures/restores.ts";
import { Scene } from "./scene.ts";

const endedAt = "2026-01-31T10:01:00.000Z";
const error = { code: "AllocationFailed", message: "No room." };
const { resources } = restore();
const [first, second] = resources as [(typeof resources)[0], (typeof resources)[0]];
const idOf = (resource: typeof first) => restoredId(restore(), resource);
const made = resources.map((each) => ({ ...each, state: "Created" as const }));
const of = { vm: vmKey(), restorePoint: "t1-a1", kind: "disks", operation: restore().id };
const common = { source: "/vm-restore-points", subject: vmIdOf(vmKey()), time: endedAt };

const succeeded = restore({ state: "Succeeded", resources: made, endedAt });
const failed = restore({
  ...{ state: "Failed", endedAt, error, region: "northeurope" },
  resources: [
    { ...first, state: "Kept" },
    { ...second, state: "Failed", errorCode: error.code },
  ],
});

async function told(...records: (typeof succeeded)[]) {
  const scene = new Scene();
  const { id } = restore();
  for (const record of records) {
    await scene.tables.restores.upsert(record);
    await scene.notify({ of: "restore", restore: id });
  }
  return scene.published;
}

describe("of a restore it is told", () => {
  test("that it is complete, and what it made", async () => {
    expect(await told(succeeded)).toEqual([
      {
        ...{ ...common, id: `${succeeded.id}!1`, type: "VmRestorePoints.RestoreCompleted" },
        data: { ...of, resources: [idOf(first), idOf(second)] },
      },
    ]);
  });

  test("that it failed, why, and what it left", async () => {
    expect(await told(failed)).toEqual([
      {
        ...{ ...common, id: `${failed.id}!1`, type: "VmRestorePoints.RestoreFailed" },
        data: { ...of, region: "northeurope", resources: [idOf(first)], error },
      },
    ]);
  });

  test("of each attempt, since one that failed can be asked for again", async () => {
    const both = await told(failed, { ...succeeded, attempt: 2 });
    expect(both.map(({ id }) => id)).toEqual([`${failed.id}!1`, `${failed.id}!2`]);
  });

  test("nothing while it is under way, as when it was asked for again before it could be told", async () => {
    expect(await told(restore({ attempt: 2 }))).toEqual([]);
  });

  test("nothing when it has been forgotten", async () => {
    const scene = new Scene();
    await scene.notify({ of: "restore", restore: restore().id });
    expect(scene.published).toEqual([]);
  });
});
