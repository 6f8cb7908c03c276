/** A restore point, a copy of one, and their disks in the HTTP API. */
import * as z from "zod";
import {
  legalHoldSchema,
  type Point,
  pointDiskSchema,
  pointSchema,
} from "../../fleet/restore-point.ts";
import { type Copy, copySchema } from "../../fleet/restore-point-copy.ts";
import { given } from "../../given.ts";
import { operationIdSchema } from "../../operations/operation-id.ts";

const ids = {
  resourceId: z.string().meta({ description: "ARM id of the restore point." }),
  operationId: operationIdSchema,
};

export const restorePointSchema = pointSchema
  .omit({ vm: true, operation: true, restorePointId: true })
  .extend(ids)
  .meta({ id: "RestorePoint" });

export function restorePointResource(point: Point): z.input<typeof restorePointSchema> {
  const { vm: _, name, restorePointId: resourceId, operation: operationId, ...rest } = point;
  return { name, resourceId, operationId, ...rest };
}

export const restorePointCopySchema = copySchema
  .omit({ vm: true, operation: true, restorePointId: true, sourceCollectionId: true })
  .extend(ids)
  .meta({ id: "RestorePointCopy" });

export function copyResource(copy: Copy): z.input<typeof restorePointCopySchema> {
  const { vm: _, restorePointId: resourceId, operation: operationId, ...rest } = copy;
  const { sourceCollectionId: __, ...shown } = rest;
  return { ...shown, resourceId, operationId };
}

export const legalHoldAnswerSchema = legalHoldSchema
  .extend({
    lost: z.array(z.string()).optional().meta({
      description:
        "Regions where a deletion was under way before, so that the hold does not cover what is there.",
    }),
  })
  .meta({ id: "LegalHold" });

export const diskSchema = pointDiskSchema
  .extend({
    region: z
      .string()
      .optional()
      .meta({ description: "Of the copy; absent for the restore point itself." }),
  })
  .meta({ id: "RestorePointDisk" });

/** Of the copy in `region`, if not of the restore point itself. */
export const diskResource = (
  disk: Point["disks"][number],
  region?: string,
): z.input<typeof diskSchema> => ({ ...disk, ...given({ region }) });
