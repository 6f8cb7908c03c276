/** `/_emulator/settings`: what can be set while the emulator runs. What a PATCH leaves out stays. */
import { parseBody } from "./control-body.ts";
import type { Controlled, ControlRoutes } from "./control-route.ts";
import { settingsChangeSchema } from "./settings-schema.ts";

export function settingsRoutes({ arm }: Controlled): ControlRoutes {
  const { settings, keptSettings } = arm.emulator;
  const now = () => ({
    // Null: no such header. A property that is missing would not tell that it can be set.
    json: { ...settings, retryAfterSeconds: settings.retryAfterSeconds ?? null },
  });
  return {
    settings: {
      GET: now,
      PATCH: async (request) => {
        keptSettings.change(await parseBody(settingsChangeSchema, request));
        return now();
      },
    },
  };
}
