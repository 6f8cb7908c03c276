/**
 * Tells the listeners of a queue, in this process, that a message has just been sent to it. Without it, a hop
 * between two functions of one instance would wait for the next poll.
 */
export class QueueWatcher {
  readonly #wakers = new Map<string, Set<() => void>>();

  /** Returns what ends the watch. Like the real host, it goes by the queue's name and not by the account. */
  watch(queueName: string, wake: () => void): () => void {
    const wakers = this.#wakers.get(queueName) ?? new Set();
    this.#wakers.set(queueName, wakers.add(wake));
    return () => wakers.delete(wake);
  }

  notify(queueName: string): void {
    for (const wake of this.#wakers.get(queueName) ?? []) wake();
  }
}
