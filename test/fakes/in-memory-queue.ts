/** A storage queue in memory. `test/contract/queue.test.ts` holds it to what Azurite does. */

export interface ReceivedMessage {
  readonly id: string;
  readonly popReceipt: string;
  readonly text: string;
  readonly dequeueCount: number;
}

interface Message extends ReceivedMessage {
  readonly visibleAt: number;
}

export class InMemoryQueue {
  #messages: Message[] = [];
  #counter = 0;

  send(text: string, delayMs: number, now: number): void {
    const id = `${++this.#counter}`;
    this.#messages.push({ id, popReceipt: "", text, dequeueCount: 0, visibleAt: now + delayMs });
  }

  /** The oldest visible message, which is then invisible for `visibilityMs`. */
  receive(visibilityMs: number, now: number): ReceivedMessage | undefined {
    const index = this.#messages.findIndex(({ visibleAt }) => visibleAt <= now);
    const message = this.#messages[index];
    if (message === undefined) return undefined;
    const received = {
      ...message,
      popReceipt: `${++this.#counter}`,
      dequeueCount: message.dequeueCount + 1,
      visibleAt: now + visibilityMs,
    };
    this.#messages[index] = received;
    return received;
  }

  /** False when the message was received again since, or is gone. */
  delete({ id, popReceipt }: ReceivedMessage): boolean {
    const before = this.#messages.length;
    this.#messages = this.#messages.filter(
      (message) => message.id !== id || message.popReceipt !== popReceipt,
    );
    return this.#messages.length < before;
  }

  /** Invisible for another `delayMs`, under a new receipt; undefined when it is no longer ours. */
  hide({ id, popReceipt }: ReceivedMessage, delayMs: number, now: number) {
    const index = this.#messages.findIndex(
      (message) => message.id === id && message.popReceipt === popReceipt,
    );
    const message = this.#messages[index];
    if (message === undefined) return undefined;
    const hidden = { ...message, popReceipt: `${++this.#counter}`, visibleAt: now + delayMs };
    this.#messages[index] = hidden;
    return hidden;
  }

  /** When the next message becomes visible. */
  nextAt(): number | undefined {
    return this.#messages.length === 0
      ? undefined
      : Math.min(...this.#messages.map(({ visibleAt }) => visibleAt));
  }

  get length(): number {
    return this.#messages.length;
  }
}
