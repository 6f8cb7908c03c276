/** Publishes one notification: what its message names is read again, and the record tells what there is to say. */
import { protectionKey } from "../fleet/protection.ts";
import { pointKey } from "../fleet/restore-point.ts";
import { grantKey } from "../grants/grant-id.ts";
import { operationKey } from "../operations/operation.ts";
import type { OperationId } from "../operations/operation-id.ts";
import { restoreKey } from "../restores/restore.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import { describeBreach } from "./describe-breach.ts";
import { describeClosedSlot } from "./describe-closed-slot.ts";
import { describeGrant } from "./describe-grant.ts";
import { describeOperation } from "./describe-operation.ts";
import { describeRestore } from "./describe-restore.ts";
import { type FindBreachesDeps, findBreaches } from "./find-breaches.ts";
import { type Notification, notificationSchema } from "./notification.ts";
import type { Notifications } from "./notifications.ts";
import type { Notice, NotifyMessage } from "./notify-message.ts";

export interface NotifyDeps extends FindBreachesDeps {
  readonly tables: Pick<Tables, "operations" | "points" | "protections" | "grants" | "restores">;
  readonly notifications: Notifications | undefined;
}

/** Throws when the topic does not take it, so that the queue brings the message again. */
export const notify =
  (deps: NotifyDeps) =>
  async (message: NotifyMessage, log: Log): Promise<void> => {
    const { notifications } = deps;
    if (message.of === "fleet") return await findBreaches(deps, message, log);
    if (notifications === undefined) return dropped(message, "notificationsOff", log);
    const notification = await read(deps, message);
    if (notification === undefined) return dropped(message, "notSo", log);
    // Nothing leaves that is not in the schema.
    await notifications.publish(notificationSchema.parse(notification));
    const { id, type } = notification;
    log.info("notificationPublished", { id, type });
  };

function dropped({ again: _, ...message }: NotifyMessage, reason: string, log: Log): void {
  log.info("messageDropped", { ...message, reason });
}

/** Undefined: there is no such record any more, or it does not say so. */
async function read(deps: NotifyDeps, notice: Notice): Promise<Notification | undefined> {
  const { tables, policies, now } = deps;
  switch (notice.of) {
    case "operation":
      return await readOperation(deps, notice.operation);
    case "grant": {
      const grant = (await tables.grants.get(grantKey(notice.grant)))?.record;
      return grant && describeGrant(grant, notice.happened);
    }
    case "restore": {
      const restore = (await tables.restores.get(restoreKey(notice.restore)))?.record;
      return restore && describeRestore(restore);
    }
    case "slot": {
      const protection = (await tables.protections.get(protectionKey(notice.vm)))?.record;
      return protection && describeClosedSlot(protection, notice.point);
    }
    case "breach": {
      const protection = (await tables.protections.get(protectionKey(notice.vm)))?.record;
      const { active } = await policies.inForce(now());
      return protection && describeBreach(protection, active, notice.since);
    }
    default:
      return notice satisfies never;
  }
}

async function readOperation(
  { tables }: NotifyDeps,
  id: OperationId,
): Promise<Notification | undefined> {
  const operation = (await tables.operations.get(operationKey(id)))?.record;
  if (operation === undefined) return undefined;
  const { vm, point: name, kind } = operation;
  if (kind !== "createRestorePoint") return describeOperation(operation, {});
  const point = await tables.points.get(pointKey(vm, name));
  const protection = await tables.protections.get(protectionKey(vm));
  return describeOperation(operation, { point: point?.record, protection: protection?.record });
}
