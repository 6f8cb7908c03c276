import { describe, expect, test } from "vitest";
import { isAllowed } from "../../../src/lib/restores/checks/permissions.ts";

const role = (actions: string[], notActions: string[] = []) => ({ actions, notActions });
const WRITE = "Microsoft.Compute/disks/write";

describe("an action is allowed", () => {
  test.each([
    ["by its own name, in any casing", [role(["microsoft.compute/DISKS/write"])], true],
    ["by everything", [role(["*"])], true],
    ["by a wildcard in the middle", [role(["Microsoft.Compute/*/write"])], true],
    ["not by another", [role(["Microsoft.Compute/disks/read"])], false],
    ["not by one that it only begins with", [role(["Microsoft.Compute/disks"])], false],
    [
      "not by a name with another character in the place of a dot",
      [role(["MicrosoftXCompute/disks/write"])],
      false,
    ],
    ["not by a role that takes it away itself", [role(["*"], ["*/write"])], false],
    [
      "by another role, whatever the first takes away",
      [role(["*"], ["*/write"]), role([WRITE])],
      true,
    ],
    ["not without roles", [], false],
  ])("%s", (_how, permissions, expected) => {
    expect(isAllowed(permissions, WRITE)).toBe(expected);
  });
});
