/** `npm run demo`: from a tag to a restore point, and from there to the bytes of a disk, with each step as it happens. */
import { openDemoStack } from "./demo/demo-stack.ts";
import { runDemo } from "./demo/run-demo.ts";
import { createTeller } from "./demo/teller.ts";
import { stopRequested } from "./stack/stop-signal.ts";

const teller = createTeller(process.stdout);
const stop = stopRequested();
try {
  const stack = await openDemoStack(teller.say);
  const interrupted = stop.requested.then(() => {
    throw new Error("Interrupted.");
  });
  await Promise.race([runDemo(stack, teller), interrupted]).finally(stack.close);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
