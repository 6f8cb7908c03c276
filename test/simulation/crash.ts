/** Crashes: every effect has a boundary before it and one after it, and at one of them the process dies. */

export class Crash extends Error {}

export class Effects {
  /** How many boundaries there were. */
  count = 0;
  /** The process dies at this boundary; 0 is never. */
  crashAt = 0;
  #dead = false;

  async run<T>(effect: () => T | Promise<T>): Promise<T> {
    this.#boundary();
    const result = await effect();
    this.#boundary();
    return result;
  }

  /** A new process: what was in memory is gone. */
  restart(): void {
    this.#dead = false;
  }

  #boundary(): void {
    // A dead process has no further effects, even if its code catches what was thrown.
    if (this.#dead) throw new Crash();
    this.count++;
    if (this.count !== this.crashAt) return;
    this.#dead = true;
    throw new Crash();
  }
}

/** The same object, with every method call an effect. */
export function withEffects<T extends object>(target: T, effects: Effects): T {
  return new Proxy(target, {
    get: (object, name) => {
      const member: unknown = Reflect.get(object, name, object);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => effects.run(() => member.apply(object, args));
    },
  });
}
