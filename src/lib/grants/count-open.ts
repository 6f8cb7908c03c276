import { every, partition } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import { isOver } from "./grant.ts";

/** How many grants a holder has that are not over: one partition, of which what is over goes after a month. */
export async function countOpen(
  { grants }: Pick<Tables, "grants">,
  holder: string,
): Promise<number> {
  let open = 0;
  for await (const grant of every(grants, partition(holder))) if (!isOver(grant)) open++;
  return open;
}
