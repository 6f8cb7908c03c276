import { describe, expect, test } from "vitest";
import { createAzureFacts } from "../../../src/lib/restores/azure-facts.ts";
import { FakeArm } from "../../fakes/fake-arm.ts";

const MINUTE = 60_000;

class Scene {
  at = Date.parse("2026-02-01T00:00:00.000Z");
  readonly arm = new FakeArm(() => this.at);
  readonly facts = createAzureFacts(this.arm, () => new Date(this.at));
}

describe("what many restores ask of Azure alike", () => {
  test("is asked once for all that ask at the same time, and for a minute", async () => {
    const { arm, facts } = new Scene();
    await Promise.all([facts.getResourceGroup("s", "lab"), facts.getResourceGroup("s", "LAB")]);
    await facts.getResourceGroup("s", "lab");
    expect(arm.calls).toEqual(["getResourceGroup"]);
  });

  test("is asked again after that, but for what a region offers, which seldom changes", async () => {
    const scene = new Scene();
    const ask = async () => {
      await scene.facts.listPermissions("/subscriptions/s/resourceGroups/lab");
      await scene.facts.listSkus("s", "westeurope");
    };
    await ask();
    scene.at += MINUTE;
    await ask();
    scene.at += 59 * MINUTE;
    await ask();
    expect(scene.arm.calls).toEqual([
      ...["listPermissions", "listSkus"],
      ...["listPermissions"],
      ...["listPermissions", "listSkus"],
    ]);
  });

  test("is asked again at once when it was not there, or not told", async () => {
    const scene = new Scene();
    scene.arm.surroundings.missingGroups.add("lab");
    expect(await scene.facts.getResourceGroup("s", "lab")).toMatchObject({ kind: "notFound" });
    scene.arm.surroundings.missingGroups.clear();
    expect(await scene.facts.getResourceGroup("s", "lab")).toMatchObject({ kind: "found" });
  });
});
