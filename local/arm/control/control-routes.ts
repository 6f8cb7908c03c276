/** Everything that the control plane answers. */
import { bytesRoutes } from "./bytes.ts";
import { clockRoutes } from "./clock.ts";
import type { Controlled, ControlRoutes } from "./control-route.ts";
import { eventFaultRoutes } from "./event-faults.ts";
import { faultRoutes } from "./faults.ts";
import { operationRoutes } from "./operations.ts";
import { requestRoutes } from "./requests.ts";
import { resetRoutes } from "./reset.ts";
import { settingsRoutes } from "./settings.ts";
import { stateRoutes } from "./state.ts";
import { throttleRoutes } from "./throttle.ts";
import { usageRoutes } from "./usage.ts";

export const controlRoutes = (controlled: Controlled): ControlRoutes => ({
  ...usageRoutes(controlled),
  ...resetRoutes(controlled),
  ...stateRoutes(controlled),
  ...faultRoutes(controlled),
  ...eventFaultRoutes(controlled),
  ...throttleRoutes(controlled),
  ...clockRoutes(controlled),
  ...operationRoutes(controlled),
  ...bytesRoutes(controlled),
  ...requestRoutes(controlled),
  ...settingsRoutes(controlled),
});
