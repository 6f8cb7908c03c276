/** `/_emulator/reset`: the emulator as if it had just been started for the first time. */
import { noEventFaults } from "../../event-grid/event-faults.ts";
import { resume } from "../resume.ts";
import type { Controlled, ControlRoutes } from "./control-route.ts";

export const resetRoutes = (controlled: Controlled): ControlRoutes => ({
  reset: {
    POST: async () => {
      await reset(controlled);
      return undefined;
    },
  },
});

async function reset({ arm, eventGrid }: Controlled): Promise<void> {
  const { emulator } = arm;
  // What is about to end must not leave anything behind afterwards.
  await emulator.operations.close();
  emulator.journal.clear();
  emulator.faults.clear();
  eventGrid?.changeEventFaults(noEventFaults());
  await resume(emulator);
  // Nothing is left that could end: from now on operations end again.
  emulator.operations.release();
  arm.eventSubscriptions?.resume();
  arm.clearRequests();
}
