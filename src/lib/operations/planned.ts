/** The beginning of every operation: recorded, and not started yet. */
export const planned = (now: Date, deadlineMs: number) =>
  ({
    state: "Planned",
    look: 0,
    transientErrors: 0,
    createdAt: now.toISOString(),
    deadlineAt: new Date(now.getTime() + deadlineMs).toISOString(),
  }) as const;
