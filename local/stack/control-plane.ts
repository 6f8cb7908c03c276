/** Azure Resource Manager, Event Grid which hears of every change that it makes, and the topic for notifications. */
import { Clock } from "../arm/clock.ts";
import { type Control, startControl } from "../arm/control/start-control.ts";
import { type ArmEmulator, startArm } from "../arm/start-arm.ts";
import { blobDeadLetters } from "../event-grid/blob-dead-letters.ts";
import { type EventGrid, startEventGrid } from "../event-grid/start-event-grid.ts";
import { startTopic, type Topic } from "../notifications/start-topic.ts";
import {
  type Activity,
  activityOfChange,
  activityOfDelivery,
  activityOfNotification,
} from "./activity.ts";
import type { Closers } from "./closers.ts";
import { appStorage, diskStorage } from "./disk-storage.ts";
import type { Foundation } from "./foundation.ts";
import type { StackOptions } from "./stack-options.ts";

export interface ControlPlane {
  readonly arm: ArmEmulator;
  readonly eventGrid: EventGrid;
  readonly control: Control;
  readonly topic: Topic;
}

/** Azure's own schedule is made for outages of hours, not for a host that restarts in a second. */
const QUICK_RETRIES = [500, 1000, 2000, 5000, 10_000, 30_000, 60_000];

export async function startControlPlane(
  options: Pick<StackOptions, "ports" | "arm" | "eventGrid">,
  { certificate, azurite, identity }: Foundation,
  tell: (activity: Activity) => void,
  closers: Closers,
): Promise<ControlPlane> {
  const clock = new Clock();
  closers.add(async () => clock.close());
  const eventGrid = startEventGrid({
    ...options.eventGrid,
    clock,
    deadLetters: blobDeadLetters(appStorage(azurite)),
    policy: { retrySchedule: QUICK_RETRIES, ...options.eventGrid?.policy },
    onDelivery: (delivery) => {
      tell(activityOfDelivery(delivery));
      options.eventGrid?.onDelivery?.(delivery);
    },
  });
  closers.add(eventGrid.close);
  const arm = await startArm({
    certificate,
    verifyToken: identity.verifyArmToken,
    loginEndpoint: identity.issuer,
    disks: diskStorage(azurite),
    clock,
    eventGrid,
    onChange: (change) => {
      tell(activityOfChange(change));
      eventGrid.publish(change);
    },
    ...(options.ports && { port: options.ports.arm, diskPort: options.ports.disks }),
    ...(options.arm && { settings: options.arm }),
  });
  closers.add(arm.close);
  const port = options.ports?.control;
  const control = await startControl({ arm, eventGrid, ...(port !== undefined && { port }) });
  closers.add(control.close);
  const topic = await startTopic({
    certificate,
    verifyToken: identity.verifyEventGridToken,
    onEvent: (event) => tell(activityOfNotification(event, new Date())),
    ...(options.ports && { port: options.ports.notifications }),
  });
  closers.add(topic.close);
  return { arm, eventGrid, control, topic };
}
