/** `npm run demo`: from a tag to a restore point, with each step as it happens. */
import { openDemoStack } from "./demo/demo-stack.ts";
import { runDemo } from "./demo/run-demo.ts";
import { stopRequested } from "./stack/stop-signal.ts";

const say = (text: string) => console.log(text);
const stop = stopRequested();
try {
  const stack = await openDemoStack(say);
  const interrupted = stop.requested.then(() => {
    throw new Error("Interrupted.");
  });
  await Promise.race([runDemo(stack, say), interrupted]).finally(stack.close);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
