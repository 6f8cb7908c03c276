import type { Notification } from "./notification.ts";
import type { NotifyMessage } from "./notify-message.ts";

/** How operators are told. An app without a topic has none of this, and sends no message about it. */
export interface Notifications {
  /** To be published, or looked for, `delayMs` from now. */
  tell(message: NotifyMessage, delayMs?: number): Promise<void>;
  /** Throws when the topic has not taken it. */
  publish(notification: Notification): Promise<void>;
}

/** What a use case needs that has something to tell. It tells before the last step that a crash would repeat. */
export interface TellDeps {
  readonly notifications?: Pick<Notifications, "tell"> | undefined;
}
