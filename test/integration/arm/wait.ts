import { waitFor } from "../../e2e/wait-for.ts";
import { type Answer, headerOf } from "./ask.ts";
import type { Arm } from "./scene.ts";

/** The status document of an accepted operation, once it has ended. */
export const finished = async ({ ask }: Pick<Arm, "ask">, accepted: Answer): Promise<object> =>
  await waitFor("the operation's end", async () => {
    const { body } = await ask("GET", headerOf(accepted, "Azure-AsyncOperation"));
    return typeof body === "object" && body !== null && "endTime" in body ? body : undefined;
  });
