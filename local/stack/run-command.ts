/** The frame of a small command: its answer to stdout, what went wrong to stderr in one line. */

/** The user's mistake: the message is followed by the usage. */
export class UsageError extends Error {}

export async function runCommand(usage: string, run: () => Promise<string>): Promise<void> {
  try {
    console.log(await run());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (isUsageError(error)) console.error(usage);
    process.exitCode = 1;
  }
}

const isUsageError = (error: unknown): boolean =>
  error instanceof UsageError ||
  (error instanceof Error && "code" in error && `${error.code}`.startsWith("ERR_PARSE_ARGS"));
