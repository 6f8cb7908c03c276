/** What went wrong, for the log: whatever can be thrown. */
export const errorText = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
