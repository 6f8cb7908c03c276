/** Functions that exist only as far as routing and indexing look at them. */
import type {
  HostedFunction,
  HttpTrigger,
} from "../../../local/functions-host/app/hosted-function.ts";

export function httpFunction(
  name: string,
  trigger: Partial<HttpTrigger> = {},
): HostedFunction<HttpTrigger> {
  return {
    name,
    metadata: { name, bindings: {} },
    callback: () => undefined,
    bindingName: "request",
    trigger: {
      kind: "http",
      route: undefined,
      methods: ["GET"],
      authLevel: "anonymous",
      ...trigger,
    },
    outputs: [],
  };
}
