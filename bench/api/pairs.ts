/** Times several ways to get the same, one after the other in turns, so that whatever else goes on meets all of them. */
import { percentile } from "../report.ts";

const WARM_UP = 30;

/** The median of each, in milliseconds. */
export async function mediansOf<Way extends string>(
  times: number,
  ways: Readonly<Record<Way, () => Promise<void>>>,
): Promise<Record<Way, number>> {
  const names = Object.keys(ways) as Way[];
  const samples = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < WARM_UP + times; round++) {
    // Nobody is always the first.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const began = performance.now();
      await ways[name]();
      if (round >= WARM_UP) samples.get(name)?.push(performance.now() - began);
    }
  }
  const medians = names.map((name) => [name, percentile(samples.get(name) ?? [], 0.5)]);
  return Object.fromEntries(medians);
}
