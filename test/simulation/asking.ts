/** What somebody asks the app for, as a route would: by a use case, and what follows from it. */
import type { InvocationContext } from "@azure/functions";
import { logOf } from "../../src/functions/log-of.ts";
import { send } from "../../src/functions/outputs.ts";
import type { FollowUp } from "../../src/lib/operations/messages.ts";
import type { Log } from "../../src/lib/telemetry.ts";
import type { Services } from "../../src/services.ts";

export type UseCase<T> = (services: Services, log: Log) => Promise<T>;

export interface Asked {
  readonly kind: string;
  readonly followUp?: FollowUp;
}

export function asking<T extends Asked>(useCase: UseCase<T>, services: Services) {
  let answer: T | undefined;
  const handler = async (_input: unknown, context: InvocationContext) => {
    answer = await useCase(services, logOf(context));
    send(context, answer.followUp ?? {});
  };
  return { trigger: { name: "Request", handler }, answer: () => answer };
}
