/** Ctrl-C and its relatives: the first asks for an orderly end, the second ends at once. */

export interface StopSignal {
  readonly requested: Promise<void>;
  isRequested(): boolean;
  /** What must still be done when there is no time for an orderly end. */
  onForce(act: () => void): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** One Ctrl-C may arrive twice: from the terminal, and passed on by npm. */
const SAME_KEYPRESS_MILLISECONDS = 300;

export function stopRequested(): StopSignal {
  const { promise, resolve } = Promise.withResolvers<void>();
  let firstAt: number | undefined;
  let force = () => {};
  const handle = () => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      resolve();
    } else if (Date.now() - firstAt > SAME_KEYPRESS_MILLISECONDS) {
      force();
      process.exit(130);
    }
  };
  for (const signal of SIGNALS) process.on(signal, handle);
  return {
    requested: promise,
    isRequested: () => firstAt !== undefined,
    onForce: (act) => {
      force = act;
    },
  };
}
