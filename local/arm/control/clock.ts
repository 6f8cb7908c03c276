/** `/_emulator/clock`: the emulator's time, which can be advanced; everything that is due by then happens. */
import { z } from "zod";
import { parseBody } from "./control-body.ts";
import { badInput } from "./control-error.ts";
import type { Controlled, ControlRoutes } from "./control-route.ts";
import { durationMs } from "./duration.ts";

const advanceSchema = z.strictObject({
  seconds: z.number().positive().optional(),
  /** ISO 8601, such as `PT90M` or `P1DT12H`. */
  duration: z.string().optional(),
});

/** The year 9999, after which instants have another form. */
const END_OF_TIME = Date.UTC(9999, 11, 31);

export function clockRoutes({ arm }: Controlled): ControlRoutes {
  const { clock } = arm.emulator;
  const now = () => ({ json: { now: clock.iso(), aheadSeconds: clock.ahead / 1000 } });
  return {
    clock: { GET: now },
    "clock/advance": {
      POST: async (request) => {
        const { ms, target } = askedMs(await parseBody(advanceSchema, request));
        if (clock.now() + ms > END_OF_TIME) throw badInput(target, "leads beyond the year 9999.");
        arm.advance(ms);
        return now();
      },
    },
  };
}

function askedMs({ seconds, duration }: z.infer<typeof advanceSchema>) {
  if ((seconds === undefined) === (duration === undefined))
    throw badInput("seconds", "give either seconds or duration.");
  if (seconds !== undefined) return { ms: seconds * 1000, target: "seconds" };
  const ms = durationMs(duration ?? "");
  if (ms === undefined || ms <= 0)
    throw badInput(
      "duration",
      "must be a duration like PT90M, of weeks, days, hours, minutes and seconds.",
    );
  return { ms, target: "duration" };
}
