/** Crashes: every effect has a boundary before it and one after it, and at one of them the process dies. */

export class Crash extends Error {}

export class Effects {
  /** How many boundaries there were. */
  count = 0;
  /** The process dies at this boundary; 0 is never. */
  crashAt = 0;
  #dead = false;

  /** Everything here is in memory, so that an effect has happened when its call returns. */
  run<T>(effect: () => Promise<T>): Promise<T> {
    if (this.#isEnd()) return Promise.reject(new Crash());
    const result = effect();
    if (!this.#isEnd()) return result;
    result.catch(() => undefined);
    return Promise.reject(new Crash());
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** A new process: what was in memory is gone. */
  restart(): void {
    this.#dead = false;
  }

  #isEnd(): boolean {
    // A dead process has no further effects, even if its code catches what was thrown.
    if (this.#dead) return true;
    this.count++;
    this.#dead = this.count === this.crashAt;
    return this.#dead;
  }
}

type Method = (...args: unknown[]) => Promise<unknown>;

/** The same methods, with every call an effect. */
export function withEffects<T extends object>(target: T, effects: Effects): T {
  const methods = target as Readonly<Record<string, Method>>;
  const guarded: Record<string, Method> = {};
  for (const name of methodsOf(target)) {
    // Looked up at each call, since whoever watches may put another method in its place.
    guarded[name] = (...args) => effects.run(() => (methods[name] as Method)(...args));
  }
  return guarded as T;
}

function methodsOf(target: object): string[] {
  const names: string[] = [];
  for (let layer = target; layer !== Object.prototype; layer = Object.getPrototypeOf(layer)) {
    names.push(...Object.getOwnPropertyNames(layer));
  }
  return names.filter((name) => name !== "constructor" && isMethod(target, name));
}

const isMethod = (target: object, name: string): boolean =>
  typeof Reflect.get(target, name) === "function";
