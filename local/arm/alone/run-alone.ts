/** Runs the emulator alone from its options to its end. */
import { stopRequested } from "../../stack/stop-signal.ts";
import { type AloneArguments, readArguments, USAGE } from "./arguments.ts";
import { screen } from "./screen.ts";
import { startAlone } from "./start-alone.ts";

/** Throws what is wrong with the options, or kept it from starting. */
export async function runAlone(given: readonly string[]): Promise<void> {
  const { help, ...options } = readArguments(given);
  if (help) {
    console.log(USAGE);
    return;
  }
  await serve(options);
}

async function serve({ port, data, json }: Omit<AloneArguments, "help">): Promise<void> {
  const stop = stopRequested();
  const alone = await startAlone({ port, data });
  if (!stop.isRequested()) {
    console.log(json ? JSON.stringify(alone.addresses) : screen(alone.addresses, data));
    await stop.requested;
  }
  await alone.close();
  if (!json) console.log("Stopped.");
}
