/** Where the demo says what goes on: lines that stay, and one line that is rewritten in place while something lasts. */
import { createProgress } from "../stack/progress.ts";

export interface Teller {
  say(text: string): void;
  /** `share` of it is done, from 0 to 1. Where a line cannot be rewritten, only each quarter is told. */
  tick(text: string, share: number): void;
}

type Output = Parameters<typeof createProgress>[0];

export function createTeller(output: Output): Teller {
  const progress = createProgress(output);
  let quarter = -1;
  return {
    say: (text) => {
      progress.clear();
      quarter = -1;
      output.write(`${text}\n`);
    },
    tick: (text, share) => {
      const reached = Math.floor(share * 4);
      if (output.isTTY || reached !== quarter) progress.show(text);
      quarter = reached;
    },
  };
}

const BAR = 30;

/** `[###########-------------------]` */
export function bar(share: number): string {
  const full = Math.round(share * BAR);
  return `[${"#".repeat(full)}${"-".repeat(BAR - full)}]`;
}
