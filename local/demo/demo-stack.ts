/** The stack that a demo runs against: the one of `npm start`, or one of its own for as long as it lasts. */
import { connectToStack, type StackConnection } from "../stack/connect.ts";
import { findRunningStack } from "../stack/stack-file.ts";
import { startStack } from "../stack/start-stack.ts";

export interface DemoStack extends Pick<StackConnection, "addresses" | "api" | "armRequest"> {
  close(): Promise<void>;
}

export async function openDemoStack(say: (text: string) => void): Promise<DemoStack> {
  if (await findRunningStack()) {
    say("Using the stack that is running.");
    return { ...(await connectToStack()), close: async () => {} };
  }
  say("No stack is running: starting one for this demo, on free ports.");
  return await startStack();
}
