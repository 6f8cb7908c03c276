import { expect, test } from "vitest";
import { actionOf } from "../../../local/arm/http/action-of.ts";

const SUBSCRIPTION = "/subscriptions/{subscriptionId}";
const GROUP = `${SUBSCRIPTION}/resourceGroups/{resourceGroup}`;
const COMPUTE = `${GROUP}/providers/Microsoft.Compute`;

test.each([
  ["PUT", `${COMPUTE}/disks/{name}`, "Microsoft.Compute/disks/write"],
  ["PATCH", `${COMPUTE}/disks/{name}`, "Microsoft.Compute/disks/write"],
  ["GET", `${COMPUTE}/disks`, "Microsoft.Compute/disks/read"],
  [
    "POST",
    `${COMPUTE}/disks/{name}/beginGetAccess`,
    "Microsoft.Compute/disks/beginGetAccess/action",
  ],
  [
    "DELETE",
    `${COMPUTE}/restorePointCollections/{collection}/restorePoints/{restorePoint}`,
    "Microsoft.Compute/restorePointCollections/restorePoints/delete",
  ],
  ["PUT", GROUP, "Microsoft.Resources/subscriptions/resourceGroups/write"],
  [
    "PUT",
    `${COMPUTE}/disks/{name}/providers/Microsoft.Resources/tags/default`,
    "Microsoft.Resources/tags/write",
  ],
  [
    "POST",
    `${SUBSCRIPTION}/providers/Microsoft.Features/providers/{namespace}/features/{feature}/register`,
    "Microsoft.Features/providers/features/register/action",
  ],
])("roles call %s of %s %s", (method, template, action) => {
  expect(actionOf({ method, template })).toBe(action);
});
