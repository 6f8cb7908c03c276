import * as z from "zod";
import { writtenText } from "../../audit/written-text.ts";
import { pointRequestSchema } from "../../requests/point-request.ts";
import { route } from "../route.ts";
import { pointParams, regionText, vmParams } from "../shapes/parameters.ts";
import { deletionRequestSchema, requestSchema } from "../shapes/point-request.ts";
import { legalHoldAnswerSchema } from "../shapes/restore-point.ts";

const tag = "Restore points";
const copyParams = pointParams.extend({ region: regionText });
const accepted = ["Operation-Location", "Retry-After"] as const;

export const postRestorePointRoute = route({
  name: "PostRestorePoint",
  method: "POST",
  path: "vms/{vm}/restore-points",
  tag,
  action: "createRestorePoints",
  summary: "Makes a restore point, also of a VM that nothing protects.",
  description:
    "One of a VM is made at a time, and Azure takes three an hour: it may have to wait. The operation tells.",
  params: vmParams,
  body: pointRequestSchema.meta({ id: "PointRequest" }),
  repeatable: true,
  answers: {
    202: { description: "It will be made.", body: requestSchema, headers: accepted },
  },
  errors: {
    409: "The VM is deleted, so many requests wait already, or Azure keeps no more of them.",
    503: "The VM is not on record yet, and Azure does not say what it is.",
  },
});

export const postCopyRoute = route({
  name: "PostCopy",
  method: "POST",
  path: "vms/{vm}/restore-points/{point}/copies",
  tag,
  action: "createRestorePoints",
  summary: "Copies a restore point to another region.",
  description:
    "Azure copies in the order in which restore points were made, one at a time: it may have to wait.",
  params: pointParams,
  body: z.strictObject({ region: regionText }).meta({ id: "CopyRequest" }),
  repeatable: true,
  answers: {
    202: { description: "It will be made, or is there.", body: requestSchema, headers: accepted },
  },
  errors: { 409: "It cannot be copied: not ready, on its way out, or older than a copy there." },
});

const refused =
  "It is on hold, granted, in use, the newest good one, needed for a floor, or deletions are off.";

export const deleteRestorePointRoute = route({
  name: "DeleteRestorePoint",
  method: "DELETE",
  path: "vms/{vm}/restore-points/{point}",
  tag,
  action: "deleteRestorePoints",
  summary: "Deletes a restore point. Its copies stay.",
  params: pointParams,
  answers: {
    202: { description: "It will be deleted.", body: deletionRequestSchema, headers: accepted },
    204: { description: "There is none." },
  },
  errors: { 409: refused },
});

export const deleteCopyRoute = route({
  name: "DeleteCopy",
  method: "DELETE",
  path: "vms/{vm}/restore-points/{point}/copies/{region}",
  tag,
  action: "deleteRestorePoints",
  summary: "Deletes the copy of a restore point in one region.",
  params: copyParams,
  answers: {
    202: { description: "It will be deleted.", body: deletionRequestSchema, headers: accepted },
    204: { description: "There is none." },
  },
  errors: { 409: refused },
});

const holdPath = "vms/{vm}/restore-points/{point}/legal-hold";

export const getLegalHoldRoute = route({
  name: "GetLegalHold",
  method: "GET",
  path: holdPath,
  tag,
  action: "read",
  summary: "The legal hold on a restore point and its copies.",
  params: pointParams,
  answers: { 200: { description: "The hold.", body: legalHoldAnswerSchema } },
});

export const putLegalHoldRoute = route({
  name: "PutLegalHold",
  method: "PUT",
  path: holdPath,
  tag,
  action: "operate",
  summary: "Puts a restore point and its copies on hold: nothing deletes them.",
  description: "One that is on hold keeps the hold that it has.",
  params: pointParams,
  body: z.strictObject({ reason: writtenText(500) }).meta({ id: "LegalHoldRequest" }),
  answers: { 200: { description: "It is on hold.", body: legalHoldAnswerSchema } },
  errors: { 409: "Its deletion, or a copy's, is under way." },
});

export const deleteLegalHoldRoute = route({
  name: "DeleteLegalHold",
  method: "DELETE",
  path: holdPath,
  tag,
  action: "operate",
  summary: "Lifts the hold on a restore point and its copies.",
  params: pointParams,
  answers: { 204: { description: "It is on hold no more, or never was." } },
});
