/** `/_emulator/throttle`: the next calls are refused with 429 although there is room. */
import { z } from "zod";
import { parseBody } from "./control-body.ts";
import type { Controlled, ControlRoutes } from "./control-route.ts";

const throttleSchema = z.strictObject({
  /** As headers and bodies call it, such as `PutVMResource` or `writes`; left out: any. */
  policy: z.string().min(1).optional(),
  retryAfterSeconds: z.int().min(0).max(86_400),
  /** How many calls; default 1. */
  times: z.int().min(1).optional(),
});

export const throttleRoutes = ({ arm }: Controlled): ControlRoutes => ({
  throttle: {
    POST: async (request) => {
      arm.emulator.throttling.throttleNext(await parseBody(throttleSchema, request));
      return undefined;
    },
  },
});
