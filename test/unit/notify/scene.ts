/** Records that there is something to tell of, and what was published of them. */
import type { Notification } from "../../../src/lib/notify/notification.ts";
import { notify } from "../../../src/lib/notify/notify.ts";
import type { NotifyMessage } from "../../../src/lib/notify/notify-message.ts";
import { fixedPolicies } from "../../fakes/fixed-policies.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import { policies, policy } from "../../fixtures/records.ts";

export class Scene {
  at = Date.parse("2026-01-31T12:00:00.000Z");
  readonly tables = memoryTables();
  readonly log = new RecordingLog();
  readonly policies = fixedPolicies(policies(policy("hourly")));
  readonly now = () => new Date(this.at);
  readonly published: Notification[] = [];
  readonly told: { readonly message: NotifyMessage; readonly delayMs: number }[] = [];
  readonly delayed = {
    notify: async (message: NotifyMessage, delayMs: number) =>
      void this.told.push({ message, delayMs }),
  };
  readonly notifications = {
    tell: (message: NotifyMessage, delayMs = 0) => this.delayed.notify(message, delayMs),
    publish: async (notification: Notification) => void this.published.push(notification),
  };

  async notify(message: NotifyMessage): Promise<Notification | undefined> {
    await notify(this)(message, this.log);
    return this.published.at(-1);
  }
}
