/** Everything that listens for work but HTTP, started, drained and resumed together. */
import type { Invoker } from "../invocation/invoker.ts";
import type { Listener } from "./listener.ts";

export type StartListener = () => Listener;
/** In the words of `/admin/host/drain/status`. */
export type DrainState = "Disabled" | "InProgress" | "Completed";

export class ListenerGroup {
  readonly #start: readonly StartListener[];
  readonly #invoker: Pick<Invoker, "idle">;
  #listeners: Listener[] = [];
  #state: DrainState = "Completed";
  #draining: Promise<void> = Promise.resolve();

  /** Nothing listens until `resume`. */
  constructor(start: readonly StartListener[], invoker: Pick<Invoker, "idle">) {
    this.#start = start;
    this.#invoker = invoker;
  }

  get state(): DrainState {
    return this.#state;
  }

  /** Takes no more work, and resolves when nothing runs any more. Asking again waits for the same end. */
  drain(): Promise<void> {
    if (this.#state === "Disabled") {
      this.#state = "InProgress";
      this.#draining = this.#stopAll();
    }
    return this.#draining;
  }

  /** Listens again, also while a drain is under way. */
  resume(): void {
    if (this.#state === "Disabled") return;
    this.#state = "Disabled";
    this.#listeners = this.#start.map((start) => start());
  }

  async #stopAll(): Promise<void> {
    const stopped = this.#listeners;
    await Promise.all(stopped.map((listener) => listener.stop()));
    await this.#invoker.idle();
    if (this.#state === "InProgress") this.#state = "Completed";
  }
}
