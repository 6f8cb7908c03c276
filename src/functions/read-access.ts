import { ApiError } from "../lib/api/api-error.ts";
import { accessNotReady, notActive, notHolder } from "../lib/api/grant-errors.ts";
import type { postAccessRoute } from "../lib/api/routes/grants.ts";
import { auditRefusedReading } from "../lib/grants/audit-refusal.ts";
import type { Grant, Holder } from "../lib/grants/grant.ts";
import { type ReadAccessDeps, readAccess } from "../lib/grants/read-access.ts";
import type { Sas } from "../lib/grants/sas.ts";
import type { Log } from "../lib/telemetry.ts";
import type { Handler, Invocation } from "./call.ts";
import { visibleGrant } from "./grants.ts";

/** The SAS, to its holder only, and only while the grant is Active. The one answer of this API that holds a secret. */
export const postAccess =
  (services: ReadAccessDeps): Handler<typeof postAccessRoute> =>
  async ({ params, caller, log, invocation }) => {
    const grant = await visibleGrant(services.tables, caller, params.id);
    const { id, kind } = caller;
    const reader = { id, kind, partner: caller.partner !== undefined };
    const { sas, expiresAt } = await demandSas(
      services,
      grant,
      reader,
      "accessRead",
      log,
      invocation,
    );
    return { status: 200, body: { accessSas: sas.reveal(), expiresAt } };
  };

/** Throws what keeps the caller from reading the disk, and puts that on record. */
export async function demandSas(
  services: ReadAccessDeps,
  grant: Grant,
  reader: Holder,
  action: "accessRead" | "changesRead",
  log: Log,
  { id: correlationId, send }: Invocation,
): Promise<{ sas: Sas; expiresAt: string }> {
  const refuse = async (error: ApiError): Promise<never> => {
    await auditRefusedReading(services, grant, reader, correlationId, error.code);
    throw error;
  };
  if (reader.id !== grant.holder.id) return await refuse(notHolder());
  const reading = await readAccess(services, grant, { action, correlationId }, log);
  switch (reading.kind) {
    case "read":
      return { sas: reading.sas, expiresAt: reading.grant.expiresAt };
    case "notActive":
      return await refuse(notActive(reading.grant));
    case "notReady":
      send(reading.followUp);
      return await refuse(accessNotReady(5));
    case "unavailable": {
      const seconds = Math.ceil(reading.retryAfterMs / 1000);
      const message = "Azure does not answer at the moment; nothing was read.";
      const retry = { "Retry-After": String(seconds) };
      return await refuse(new ApiError(503, { code: "AzureNotAvailable", message }, retry));
    }
    default:
      return reading satisfies never;
  }
}
