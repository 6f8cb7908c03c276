/**
 * A storage queue in memory, in the order in which its messages become visible.
 * `test/contract/queue.test.ts` holds it to what Azurite does.
 */
import { SortedMap } from "../../local/arm/state/sorted-map.ts";

export interface ReceivedMessage {
  readonly id: string;
  readonly popReceipt: string;
  readonly text: string;
  readonly dequeueCount: number;
}

interface Message extends ReceivedMessage {
  readonly visibleAt: number;
  /** Of two that become visible together, the one that was there first comes first. */
  readonly sequence: number;
}

const byVisibility = (one: Message, other: Message): number =>
  one.visibleAt - other.visibleAt || one.sequence - other.sequence;

export class InMemoryQueue {
  readonly #messages = new Map<string, Message>();
  readonly #order = new SortedMap<Message>(undefined, byVisibility);
  #counter = 0;

  send(text: string, delayMs: number, now: number): void {
    const sequence = ++this.#counter;
    const id = `${sequence}`;
    this.#put({ id, popReceipt: "", text, dequeueCount: 0, visibleAt: now + delayMs, sequence });
  }

  /** The message that is visible longest, which is then invisible for `visibilityMs`. */
  receive(visibilityMs: number, now: number): ReceivedMessage | undefined {
    const message = this.#order.minKey();
    if (message === undefined || message.visibleAt > now) return undefined;
    return this.#put({
      ...message,
      popReceipt: `${++this.#counter}`,
      dequeueCount: message.dequeueCount + 1,
      visibleAt: now + visibilityMs,
    });
  }

  /** False when the message was received again since, or is gone. */
  delete(received: ReceivedMessage): boolean {
    const message = this.#held(received);
    if (message === undefined) return false;
    this.#order.delete(message);
    return this.#messages.delete(message.id);
  }

  /** Invisible for another `delayMs`, under a new receipt; undefined when it is no longer ours. */
  hide(received: ReceivedMessage, delayMs: number, now: number): ReceivedMessage | undefined {
    const message = this.#held(received);
    if (message === undefined) return undefined;
    return this.#put({ ...message, popReceipt: `${++this.#counter}`, visibleAt: now + delayMs });
  }

  /** When the next message becomes visible. */
  nextAt(): number | undefined {
    return this.length === 0 ? undefined : this.#order.minKey()?.visibleAt;
  }

  get length(): number {
    return this.#messages.size;
  }

  #held({ id, popReceipt }: ReceivedMessage): Message | undefined {
    const message = this.#messages.get(id);
    return message?.popReceipt === popReceipt ? message : undefined;
  }

  #put(message: Message): Message {
    const before = this.#messages.get(message.id);
    if (before) this.#order.delete(before);
    this.#messages.set(message.id, message);
    this.#order.set(message, undefined);
    return message;
  }
}
