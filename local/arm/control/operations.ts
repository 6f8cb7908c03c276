/** `/_emulator/operations`: what is under way and what has ended, and whether anything may end. */
import type { Operation } from "../operations/operation.ts";
import type { Controlled, ControlRoutes } from "./control-route.ts";

export function operationRoutes({ arm }: Controlled): ControlRoutes {
  const { operations, state } = arm.emulator;
  return {
    operations: { GET: () => ({ json: { value: state.operations.all().map(shown) } }) },
    /** Nothing ends until it is released. */
    "operations/freeze": {
      POST: () => {
        operations.freeze();
        return undefined;
      },
    },
    /** What is due ends now, and so does what hangs. */
    "operations/release": {
      POST: () => {
        operations.release();
        return undefined;
      },
    },
  };
}

const shown = ({ id, kind, target, status, startTime, dueAt, endTime, error }: Operation) => ({
  id,
  kind,
  target,
  status,
  startTime,
  /** None: it hangs. */
  due: dueAt === undefined ? null : new Date(dueAt).toISOString(),
  ...(endTime === undefined ? {} : { endTime }),
  ...(error === undefined ? {} : { error }),
});
