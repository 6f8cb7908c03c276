/** Something that waits for work and invokes functions: a queue's receive loop, a timer. */
export interface Listener {
  /** Takes no more work, and waits for what runs. */
  stop(): Promise<void>;
}
