/** `npm start`: the whole stack on fixed ports, until Ctrl-C. */
import { createProgress } from "./stack/progress.ts";
import { serveStack } from "./stack/serve-stack.ts";

const progress = createProgress(process.stdout);
try {
  process.exitCode = await serveStack(process.env, progress);
} catch (error) {
  progress.clear();
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
