/** What one invocation logs: first through the app's log hooks, then into the log. */
import type { Hooks } from "../app/hooks.ts";
import { withReadOnly } from "../app/hooks.ts";
import type { CoreInvocationContext } from "../app/programming-model.ts";
import type { Log } from "../logs/log.ts";

interface InvocationLog {
  readonly write: CoreInvocationContext["log"];
  /** One object for all hooks of the invocation. */
  readonly hookData: object;
  /** Known only once the arguments are made. */
  invocationContext: unknown;
}

export function createInvocationLog(hooks: Hooks, log: Log, functionName: string): InvocationLog {
  const invocationLog: InvocationLog = {
    hookData: {},
    invocationContext: undefined,
    write: (level, category, message) => {
      if (category === "customMetric") return;
      const entry = withReadOnly(
        { level, message },
        {
          category,
          hookData: invocationLog.hookData,
          appHookData: hooks.appHookData,
          invocationContext: invocationLog.invocationContext,
        },
      );
      hooks.runLog(entry);
      // Hooks may change what users log, and nothing else.
      if (category === "user") log(entry.level, `Function.${functionName}.User`, entry.message);
      else log(level, `Function.${functionName}`, message);
    },
  };
  return invocationLog;
}
