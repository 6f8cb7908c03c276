/** What some work takes of everything that costs money or is limited. */

export interface Spent {
  /** Requests to Table Storage; a transaction of several rows is one. */
  readonly tables: number;
  /** Messages sent, received, hidden for longer and deleted; without polls that find nothing. */
  readonly queues: number;
  readonly blobReads: number;
  readonly blobWrites: number;
  /** Requests to Azure Resource Manager, as it counts them: GET; PUT, PATCH and POST; DELETE. */
  readonly armReads: number;
  readonly armWrites: number;
  readonly armDeletes: number;
  /** Those of them that Microsoft.Compute counts as well, in budgets of its own. */
  readonly getOperation: number;
  readonly getRestorePoint: number;
  readonly createRestorePoint: number;
  readonly deleteRestorePoint: number;
  readonly list: number;
  readonly eventsDelivered: number;
  readonly logLines: number;
  /** Runs of functions, by name. */
  readonly runs: Readonly<Record<string, number>>;
}

export type Quantity = Exclude<keyof Spent, "runs">;

export const quantities = [
  ...["tables", "queues", "blobReads", "blobWrites"],
  ...["armReads", "armWrites", "armDeletes"],
  ...["getOperation", "getRestorePoint", "createRestorePoint", "deleteRestorePoint", "list"],
  ...["eventsDelivered", "logLines"],
] as readonly Quantity[];

/** One after the other, each so many times: `[[create, 24], [look, 100]]`. A negative number takes away. */
export function sumOf(parts: readonly (readonly [Spent, number])[]): Spent {
  const total = (of: (spent: Spent) => number) =>
    parts.reduce((sum, [spent, times]) => sum + of(spent) * times, 0);
  const names = [...new Set(parts.flatMap(([{ runs }]) => Object.keys(runs)))].sort();
  const runs = Object.fromEntries(
    names.map((name) => [name, total((spent) => spent.runs[name] ?? 0)]),
  );
  const numbers = Object.fromEntries(
    quantities.map((quantity) => [quantity, total((spent) => spent[quantity])]),
  ) as Record<Quantity, number>;
  return { ...numbers, runs };
}

export const executionsOf = ({ runs }: Spent): number =>
  Object.values(runs).reduce((sum, count) => sum + count, 0);

export const armCallsOf = ({ armReads, armWrites, armDeletes }: Spent): number =>
  armReads + armWrites + armDeletes;
