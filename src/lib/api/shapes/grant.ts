/** A grant in the HTTP API. The SAS is not part of it. */
import * as z from "zod";
import { vmKeySchema } from "../../fleet/vm-key.ts";
import { given } from "../../given.ts";
import { endCauseSchema, type Grant, grantSchema } from "../../grants/grant.ts";
import { operationIdSchema } from "../../operations/operation-id.ts";
import { durationText } from "../../policy/duration.ts";

const { id, state, region, group, reason, ticket, error } = grantSchema.shape;
const { cappedBy, requestedAt, activeSince, expiresAt, revokedAt } = grantSchema.shape;
const partySchema = z.object({ id: z.string(), kind: z.enum(["person", "app"]) });
const isoDuration = z.string().meta({ description: "ISO 8601 duration." });

export const grantResourceSchema = z
  .object({
    id,
    state,
    holder: partySchema,
    vm: vmKeySchema,
    restorePoint: z.string(),
    region: region.meta({ description: "Of a copy." }),
    disk: z.object({
      name: z.string(),
      lun: z.int().optional(),
      sizeInGB: z.number().optional(),
    }),
    diskRestorePointId: z.string().meta({ description: "ARM id." }),
    group: group.meta({ description: "What the grants of one request have in common." }),
    reason,
    ticket,
    requestedDuration: isoDuration,
    effectiveDuration: isoDuration,
    cappedBy,
    requestedAt,
    activeSince,
    expiresAt,
    operationId: operationIdSchema.meta({
      description: "The operation that asks Azure for access.",
    }),
    readings: z.object({ count: z.int(), newest: z.array(z.iso.datetime()) }),
    ending: z
      .object({
        cause: endCauseSchema,
        at: z.iso.datetime(),
        by: partySchema.optional(),
        operationId: operationIdSchema,
        lateSince: z.iso.datetime().optional(),
      })
      .optional(),
    revokedAt,
    lagSeconds: z
      .number()
      .optional()
      .meta({ description: "From when it was to end to when that was confirmed." }),
    error,
  })
  .meta({ id: "Grant" });
export type GrantResource = z.input<typeof grantResourceSchema>;

export function grantResource(grant: Grant): GrantResource {
  const { holder, vm, point, diskRestorePointId } = grant;
  const { name, lun, sizeInGB } = grant.disk;
  return {
    ...{ id: grant.id, state: grant.state },
    holder: { id: holder.id, kind: holder.kind },
    vm,
    restorePoint: point,
    ...given({ region: grant.region }),
    disk: { name, ...given({ lun, sizeInGB }) },
    diskRestorePointId,
    ...given({ group: grant.group }),
    reason: grant.reason,
    ...given({ ticket: grant.ticket }),
    requestedDuration: durationText(grant.requestedMs),
    effectiveDuration: durationText(grant.effectiveMs),
    ...given({ cappedBy: grant.cappedBy }),
    requestedAt: grant.requestedAt,
    ...given({ activeSince: grant.activeSince }),
    expiresAt: grant.expiresAt,
    operationId: grant.operation,
    readings: { count: grant.readings, newest: grant.readAt },
    ...given({ ending: grant.ending && endingOf(grant.ending) }),
    ...given({ revokedAt: grant.revokedAt }),
    ...(grant.lagMs === undefined ? {} : { lagSeconds: grant.lagMs / 1000 }),
    ...given({ error: grant.error }),
  };
}

const endingOf = ({ cause, at, by, operation, lateSince }: NonNullable<Grant["ending"]>) => ({
  ...{ cause, at, operationId: operation },
  ...given({ by, lateSince }),
});

export const accessSchema = z
  .object({
    accessSas: z.url().meta({ description: "The disk's bytes, to read. A secret." }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: "Access" });

export const changeSchema = z
  .object({
    offset: z.int().meta({ description: "Bytes." }),
    length: z.int().meta({ description: "Bytes." }),
    kind: z.enum(["changed", "cleared"]),
  })
  .meta({ id: "ChangedRange" });
