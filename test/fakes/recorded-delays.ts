import type { DelayedMessages } from "../../src/lib/operations/messages.ts";

/** Delayed messages that are only written down. */
export class RecordedDelays implements DelayedMessages {
  readonly sent: { readonly queue: string; readonly message: object; readonly delayMs: number }[] =
    [];

  async planVm(message: object, delayMs: number): Promise<void> {
    this.sent.push({ queue: "plan-vm", message, delayMs });
  }

  async planPoints(message: object, delayMs: number): Promise<void> {
    this.sent.push({ queue: "plan-points", message, delayMs });
  }

  async planFleet(message: object, delayMs: number): Promise<void> {
    this.sent.push({ queue: "plan-fleet", message, delayMs });
  }

  async reconcile(message: object, delayMs: number): Promise<void> {
    this.sent.push({ queue: "reconcile-fleet", message, delayMs });
  }

  async startOperation(message: object, delayMs: number): Promise<void> {
    this.sent.push({ queue: "start-operation", message, delayMs });
  }

  async trackOperation(message: object, delayMs: number): Promise<void> {
    this.sent.push({ queue: "track-operation", message, delayMs });
  }

  async revokeGrant(message: object, delayMs: number): Promise<void> {
    this.sent.push({ queue: "revoke-grant", message, delayMs });
  }

  async endGrants(message: object, delayMs: number): Promise<void> {
    this.sent.push({ queue: "end-grants", message, delayMs });
  }

  async notify(message: object, delayMs: number): Promise<void> {
    this.sent.push({ queue: "notify", message, delayMs });
  }
}
