/** Requests that reach the answers which single operations have, beside that of their sample. By `<operation> <status>`. */

import type { Services } from "../../../../src/services.ts";
import type { ApiAsked } from "../../../fakes/api-scene.ts";
import { type ApiAnswer, ApiScene } from "../../../fakes/api-scene.ts";
import { lost } from "../../../fakes/fake-arm/fault.ts";
import { sampleOf } from "../../../fixtures/api-samples.ts";
import {
  COPIED_LATER,
  ENDED,
  FREE,
  GRANTED,
  GRANTING,
  HELD,
  REGION,
} from "../../../fixtures/filled-tables.ts";
import { writtenPartner } from "../../../fixtures/partners.ts";
import { protection, vmKey } from "../../../fixtures/records.ts";

const vm = vmKey();
const gone = vmKey("gone-01");
const notYet = vmKey("new-01");
const BOB = { id: "bob", kind: "person", roles: ["Operator"] } as const;

interface Situation {
  readonly replaced?: Partial<Services>;
  readonly before?: (scene: ApiScene) => unknown;
}

const asking =
  (operation: string, asked: ApiAsked = {}, { replaced, before }: Situation = {}) =>
  async (): Promise<ApiAnswer> => {
    const scene = await ApiScene.filled(replaced);
    await before?.(scene);
    return await scene.ask(operation, { ...sampleOf(operation), ...asked });
  };

const deleted = {
  before: ({ tables }: ApiScene) =>
    tables.protections.insert(protection({ vm: gone, status: "VmDeleted" })),
};
const silentArm = {
  before: ({ arm }: ApiScene) => {
    arm.fault = () => lost;
  },
};
const changes = (changedRanges: Services["disks"]["changedRanges"]) => ({
  replaced: { disks: { changedRanges } },
});

export const ownAnswers: Readonly<Record<string, () => Promise<ApiAnswer>>> = {
  "RetireVm 409": asking("RetireVm", { params: { vm: gone } }, deleted),
  "PostRestorePoint 409": asking("PostRestorePoint", { params: { vm: gone } }, deleted),
  "PostRestorePoint 503": asking("PostRestorePoint", { params: { vm: notYet } }, silentArm),
  "DeleteRestorePoint 204": asking("DeleteRestorePoint", { params: { vm, point: "s1-a1" } }),
  "DeleteRestorePoint 409": asking("DeleteRestorePoint", { params: { vm, point: HELD } }),
  "PostCopy 409": asking("PostCopy", { params: { vm, point: GRANTED } }),
  "PostRestore 200": asking("PostRestore", { body: { kind: "vm", dryRun: true } }),
  "PostRestore 409": asking("PostRestore", { body: { kind: "disks", disks: [{ lun: 9 }] } }),
  "PostRestore 503": asking("PostRestore", { body: { kind: "disks", dryRun: true } }, silentArm),
  "DeleteCopy 204": asking("DeleteCopy", { params: { vm, point: FREE, region: REGION } }),
  "DeleteCopy 409": asking("DeleteCopy", { params: { vm, point: COPIED_LATER, region: REGION } }),
  "PutLegalHold 409": asking(
    "PutLegalHold",
    { params: { vm, point: FREE } },
    { before: (scene) => scene.ask("DeleteRestorePoint", sampleOf("DeleteRestorePoint")) },
  ),
  "DeletePolicy 409": asking("DeletePolicy", { params: { name: "hourly" } }),
  "PutPolicy 201": asking("PutPolicy", { params: { name: "monthly" } }),
  "PreviewPolicy 503": asking("PreviewPolicy", {}, silentArm),
  "PutPartner 201": asking("PutPartner", {
    ...{ params: { id: "bbbbbbbb-0000-4000-8000-00000000000b" }, body: writtenPartner() },
  }),
  "PostGrant 404": asking("PostGrant", {
    body: { vm: notYet, restorePoint: HELD, reason: "A file." },
  }),
  "PostGrant 409": asking("PostGrant", {
    ...{ as: BOB, body: { vm, restorePoint: GRANTED, disk: "web-01-os", reason: "A file." } },
  }),
  "DeleteGrant 204": asking("DeleteGrant", { params: { id: ENDED.id } }),
  "PostAccess 409": asking("PostAccess", { params: { id: GRANTING.id } }),
  "PostAccess 503": asking(
    "PostAccess",
    {},
    {
      before: ({ arm }) => {
        arm.getAccess = async () => lost;
      },
    },
  ),
  "ListChanges 409": asking(
    "ListChanges",
    {},
    changes(async () => ({
      ...{ kind: "refused", status: 409, code: "PreviousSnapshotNotFound" },
    })),
  ),
  "ListChanges 503": asking(
    "ListChanges",
    {},
    changes(async () => {
      throw new Error("The disk does not answer.");
    }),
  ),
  "Rebuild 409": asking("Rebuild", {}, { replaced: { subscriptions: [] } }),
};
