/** What a function gets when it is run by `POST /admin/functions/{name}` with `{"input": …}`. */
import type { HostedFunction } from "../app/hosted-function.ts";
import { toRpcEvent } from "../event-grid/to-rpc-event.ts";
import type { TriggerInput } from "../invocation/invoker.ts";
import { toRpcMessage } from "../queues/to-rpc-message.ts";
import { toRpcTimer } from "../timers/to-rpc-timer.ts";

/** Undefined when the body does not fit the trigger. HTTP functions have their own address. */
export function manualInput(fn: HostedFunction, body: string): TriggerInput | undefined {
  const input = readInput(body);
  if (input === undefined) return undefined;
  const { trigger } = fn;
  switch (trigger.kind) {
    case "timer":
      return toRpcTimer(undefined, false);
    case "queue":
      return toRpcMessage(manualMessage(), Buffer.from(input), trigger.isBinary);
    case "eventGrid": {
      const event = parse(input);
      return event === undefined ? undefined : toRpcEvent(event, trigger.isBatched);
    }
    case "http":
      return undefined;
  }
}

function readInput(body: string): string | undefined {
  if (body.trim() === "") return "";
  const content = parse(body);
  if (typeof content !== "object" || content === null) return undefined;
  const input = "input" in content ? content.input : "";
  return typeof input === "string" ? input : JSON.stringify(input);
}

function manualMessage() {
  const now = new Date();
  return {
    messageId: "",
    popReceipt: "",
    dequeueCount: 1,
    insertedOn: now,
    expiresOn: now,
    nextVisibleOn: now,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
