/** Writes go on side by side; what must see all disks at one instant waits for them and holds back new ones. */

export class WriteGate {
  #writes = new Set<Promise<unknown>>();
  #exclusive: Promise<unknown> = Promise.resolve();

  async write<T>(run: () => Promise<T>): Promise<T> {
    for (let waited: unknown; waited !== this.#exclusive; ) {
      waited = this.#exclusive;
      await this.#exclusive;
    }
    const running = run();
    const settled = running.catch(() => undefined).finally(() => this.#writes.delete(settled));
    this.#writes.add(settled);
    return await running;
  }

  async exclusive<T>(run: () => Promise<T>): Promise<T> {
    const before = this.#exclusive;
    const running = (async () => {
      await before;
      await Promise.all(this.#writes);
      return await run();
    })();
    this.#exclusive = running.catch(() => undefined);
    return await running;
  }
}
