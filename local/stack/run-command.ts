/** The frame of a small command: its answer to stdout, what went wrong to stderr in one line. */

/** The user's mistake: the message is followed by the usage. */
export class UsageError extends Error {}

export async function runCommand(usage: string, run: () => Promise<string>): Promise<void> {
  try {
    console.log(await run());
  } catch (error) {
    explain(error, usage);
  }
}

/** To stderr, for a process that then ends by itself. */
export function explain(error: unknown, usage: string): void {
  console.error(error instanceof Error ? error.message : error);
  if (isUsageError(error)) console.error(usage);
  process.exitCode = 1;
}

const isUsageError = (error: unknown): boolean =>
  error instanceof UsageError ||
  (error instanceof Error && "code" in error && `${error.code}`.startsWith("ERR_PARSE_ARGS"));
