/** Holds on to a message while its function runs. */
import type { QueueClient } from "@azure/storage-queue";

export interface Hold {
  /** Changes with each renewal; deleting or updating the message needs the last one. */
  readonly popReceipt: string;
  /** Ends the renewals, and waits for one that is under way. */
  release(): Promise<void>;
}

/** Renews the message's invisibility at half time. A failed renewal is tried again sooner. */
export function keepInvisible(
  queue: QueueClient,
  message: { readonly messageId: string; readonly popReceipt: string },
  visibilitySeconds: number,
): Hold {
  const halfMs = visibilitySeconds * 500;
  let { popReceipt } = message;
  let isReleased = false;
  let renewal: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const schedule = (delayMs: number) => {
    timer = setTimeout(() => {
      renewal = renew();
    }, delayMs);
  };
  const renew = async () => {
    let isRenewed = true;
    try {
      const { messageId } = message;
      const updated = await queue.updateMessage(
        messageId,
        popReceipt,
        undefined,
        visibilitySeconds,
      );
      popReceipt = updated.popReceipt ?? popReceipt;
    } catch {
      // The message may come back while its function runs: that is what at-least-once means.
      isRenewed = false;
    }
    if (!isReleased) schedule(isRenewed ? halfMs : halfMs / 4);
  };

  schedule(halfMs);
  return {
    get popReceipt() {
      return popReceipt;
    },
    release: async () => {
      isReleased = true;
      clearTimeout(timer);
      await renewal;
    },
  };
}
