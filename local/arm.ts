/** `npm run arm`: the emulator of Azure's restore points and nothing else, until Ctrl-C. */

import { USAGE } from "./arm/alone/arguments.ts";
import { runAlone } from "./arm/alone/run-alone.ts";
import { explain } from "./stack/run-command.ts";

try {
  await runAlone(process.argv.slice(2));
} catch (error) {
  explain(error, USAGE);
}
