/** A policy that names another region alone, on an Azure that makes restore points straight there, and on one that does not. */
import { afterEach, expect, test } from "vitest";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { vmKeyOf } from "../../local/stack/vm-address.ts";
import { restorePoints, succeededPoint } from "./api.ts";
import { waitFor } from "./wait-for.ts";

let stack: Stack | undefined;
afterEach(() => stack?.close());

const far = {
  schedule: { every: "P7D" },
  consistency: "CrashConsistent",
  retention: { last: 3 },
  region: "northeurope",
};

async function protectedOn(createInOtherRegion: boolean): Promise<Stack> {
  stack = await startStack({
    arm: {
      ...{ crashConsistentCreateMs: 300, copyMs: 500, copyProgressStepMs: 100 },
      createInOtherRegion,
    },
    env: { CREATE_IN_OTHER_REGION: "on" },
  });
  await stack.api("/policies/far", { caller: "policy-admin", method: "PUT", body: far });
  await stack.tagVm("web-01", "far");
  return stack;
}

test("where Azure takes that, the restore point is made straight in that region", async () => {
  const running = await protectedOn(true);
  expect(await succeededPoint(running, "web-01")).toMatchObject({
    ...{ name: "t1-a1", location: "northeurope" },
    resourceId: expect.stringContaining("-in-northeurope/"),
  });
});

test("where it does not, the restore point is made beside the VM, and copied", async () => {
  const running = await protectedOn(false);
  expect(await succeededPoint(running, "web-01")).toMatchObject({
    ...{ name: "t1-a2", location: "westeurope" },
  });
  const [first] = await restorePoints(running, "web-01");
  expect(first).toMatchObject({ name: "t1-a1", state: "Failed" });
  const copy = await waitFor("the copy", async () => {
    const response = await running.api(`/vms/${vmKeyOf("web-01")}/explain`);
    const answer = (await response.json()) as { restorePoints: { region?: string }[] };
    return answer.restorePoints.find(({ region }) => region === "northeurope");
  });
  expect(copy).toMatchObject({ name: "t1-a2", keep: true });
});
