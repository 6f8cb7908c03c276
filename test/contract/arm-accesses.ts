/** The SAS of a scene's disk restore points, in a test's words. */
import { expect } from "vitest";
import type { AccessAccepted } from "../../src/lib/operations/arm.ts";
import { pointsOf } from "./arm-points.ts";
import type { ArmScene } from "./arm-scene.ts";

const HOUR_IN_SECONDS = 3600;

export function accessesOf(scene: ArmScene) {
  const { arm } = scene;
  const { ended } = pointsOf(scene);
  const begun = async (id: string, seconds = HOUR_IN_SECONDS) => {
    const answer = await arm.beginGetAccess({ id, seconds });
    expect(answer).toEqual({
      kind: "accepted",
      statusUrl: expect.any(String),
      resultUrl: expect.any(String),
    });
    const { statusUrl = "", resultUrl = "" } = answer as AccessAccepted;
    return { statusUrl, resultUrl };
  };
  const result = async (resultUrl: string): Promise<string> => {
    const answer = await arm.getAccess(resultUrl);
    if (answer.kind === "found") return answer.sas.reveal();
    throw new Error(`There is no result: ${JSON.stringify(answer)}`);
  };
  return {
    begun,
    result,
    /** The SAS that a beginGetAccess comes to. */
    opened: async (id: string, seconds?: number): Promise<string> => {
      const { statusUrl, resultUrl } = await begun(id, seconds);
      expect(await ended(statusUrl)).toEqual({ kind: "succeeded" });
      return await result(resultUrl);
    },
    closed: async (id: string): Promise<void> => {
      const answer = await arm.endGetAccess(id);
      if (answer.kind === "done") return;
      if (answer.kind !== "accepted") throw new Error(`Not ended: ${JSON.stringify(answer)}`);
      expect(await ended(answer.statusUrl ?? "")).toEqual({ kind: "succeeded" });
    },
  };
}
