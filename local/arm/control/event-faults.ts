/** `/_emulator/event-faults`: what Event Grid does to events in bad weather. What a PUT leaves out stays. */
import { jsonOf } from "./control-body.ts";
import { ControlError, notFound } from "./control-error.ts";
import type { Controlled, ControlRoutes } from "./control-route.ts";

export const eventFaultRoutes = ({ eventGrid }: Controlled): ControlRoutes => {
  const demandEventGrid = () => {
    if (eventGrid === undefined) throw notFound("This emulator runs without Event Grid.");
    return eventGrid;
  };
  const now = () => ({ json: demandEventGrid().eventFaults });
  return {
    "event-faults": {
      GET: now,
      PUT: async (request) => {
        const change = await jsonOf(request);
        const { changeEventFaults } = demandEventGrid();
        try {
          changeEventFaults(change);
        } catch (error) {
          // It says what is wrong as `property: why`.
          const message = error instanceof Error ? error.message : String(error);
          throw new ControlError(400, "InvalidParameter", message, message.split(":")[0]);
        }
        return now();
      },
    },
  };
};
