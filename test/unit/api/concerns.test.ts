import { expect, test } from "vitest";
import { concerns } from "../../../src/lib/api/concerns.ts";
import type { Operation } from "../../../src/lib/operations/operation.ts";
import type { PartnerVerb } from "../../../src/lib/partners/partner.ts";
import { partnerCaller } from "../../fixtures/partners.ts";
import { operation } from "../../fixtures/records.ts";

test.each<[PartnerVerb, Operation["kind"], boolean]>([
  ["read", "createRestorePoint", true],
  ["read", "deleteRestorePoint", true],
  ["createRestorePoints", "createRestorePoint", true],
  ["createRestorePoints", "copyRestorePoint", true],
  ["createRestorePoints", "deleteRestorePoint", false],
  ["deleteRestorePoints", "deleteRestorePoint", true],
  ["deleteRestorePoints", "createRestorePoint", false],
  ["grants", "createRestorePoint", false],
  ["read", "createDisk", true],
  ...(
    [
      ...(["checkRestore", "createDisk", "createNetworkInterface"] as const),
      ...(["createVirtualMachine", "deleteRestored"] as const),
    ] as const
  ).map((kind): [PartnerVerb, Operation["kind"], boolean] => ["restores", kind, true]),
  ["restores", "createRestorePoint", false],
  ["createRestorePoints", "createDisk", false],
  ["grants", "deleteRestored", false],
])("a partner with the verb %s may follow a %s: %s", (verb, kind, may) => {
  const asked = { ...operation(), kind } as Operation;
  expect(concerns(partnerCaller({ verbs: [verb] }), asked)).toBe(may);
});
