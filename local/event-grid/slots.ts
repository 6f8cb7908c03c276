/** At most so many at a time; the others wait in line. Keeps a burst of events from opening a socket each. */

export interface Slots {
  use<T>(work: () => Promise<T>): Promise<T>;
}

export function createSlots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    use: async (work) => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        // The slot passes straight to the next in line, and is free only when nobody waits.
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
