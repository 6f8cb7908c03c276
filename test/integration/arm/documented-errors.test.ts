import { expect, test } from "vitest";
import { documentedErrors } from "../../../local/arm/rules/documented-errors.ts";
import { givenProtectedVm } from "./given.ts";
import { restorePointId } from "./names.ts";
import { azuriteOfThisFile } from "./scene.ts";
import { finished } from "./wait.ts";

const start = azuriteOfThisFile();

test.each(Object.entries(documentedErrors))(
  "a restore point can fail with Azure's error %s, in Azure's words",
  async (_, error) => {
    const arm = await start();
    await givenProtectedVm(arm);
    arm.emulator.faults.addToOperations({ kind: "createRestorePoint", outcome: error });
    const accepted = await arm.ask("PUT", restorePointId("web-01-rpc", "rp-1"), { body: {} });
    expect(accepted.status).toBe(201);
    expect(await finished(arm, accepted)).toMatchObject({ status: "Failed", error });
  },
);
