/** Effects that take a while, drawn from a seed: what goes on at the same time interleaves otherwise with each seed. */
import { seeded } from "../simulation/random.ts";

const MOST_TURNS = 30;
const MOST_HEAD_START = 1200;

export class Slowly {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  /** Lets others go on for some turns. */
  async pause(most = MOST_TURNS): Promise<void> {
    const turns = Math.floor(this.#random() * most);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  }

  /** Both at once, each after a head start of the other. */
  race<One, Other>(one: () => Promise<One>, other: () => Promise<Other>): Promise<[One, Other]> {
    const late = async <T>(act: () => Promise<T>) => {
      await this.pause(MOST_HEAD_START);
      return await act();
    };
    return Promise.all([late(one), late(other)]);
  }

  /** The same, with a pause before and after each call of a method. */
  port<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return async (...args: unknown[]) => {
          await this.pause();
          const result: unknown = await value.apply(target, args);
          await this.pause();
          return result;
        };
      },
    });
  }

  /** Likewise, of each port in an object of them. */
  ports<T extends object>(targets: T): T {
    const slow = Object.entries(targets).map(([name, port]) => [name, this.port(port as object)]);
    return Object.fromEntries(slow) as T;
  }
}
