/** A line that says what is going on now: rewritten in place on a terminal, printed once elsewhere. */

export interface Progress {
  show(text: string): void;
  /** Takes the line away. */
  clear(): void;
}

type Output = Pick<NodeJS.WriteStream, "isTTY" | "write">;

export function createProgress(output: Output): Progress {
  const erase = "\r\u001B[2K";
  return {
    show: (text) => output.write(output.isTTY ? `${erase}${text} …` : `${text} …\n`),
    clear: () => {
      if (output.isTTY) output.write(erase);
    },
  };
}
