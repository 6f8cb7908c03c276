import { listPage } from "../lib/api/page.ts";
import { PASS_PARTITION, type Pass } from "../lib/reconcile/pass.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

/** The newest pass over each subscription, and how far it is. */
export const listReconciliations =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ url }) => ({
    jsonBody: await listPage(tables.passes, PASS_PARTITION, new URL(url), resourceOf),
  });

const resourceOf = ({ previousAt, ...pass }: Pass) => ({
  ...pass,
  state: stateOf(pass),
  ...(previousAt === undefined ? {} : { lastFinishedAt: previousAt }),
});

const stateOf = ({ finishedAt, unreachable }: Pass): string => {
  if (finishedAt !== undefined) return "Finished";
  return unreachable === undefined ? "Running" : "Unreachable";
};
