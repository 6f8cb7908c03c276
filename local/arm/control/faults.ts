/**
 * `/_emulator/faults`: what shall happen to the next requests that match, and to the next operations. A POST adds one
 * of either, or a plan in the form that GET answers.
 */
import { z } from "zod";
import { checked, jsonOf } from "./control-body.ts";
import type { Controlled, ControlRoutes } from "./control-route.ts";
import {
  type AskedOperationFault,
  operationFaultSchema,
  toOperationFault,
} from "./operation-fault.ts";
import { type AskedRequestFault, requestFaultSchema, toFault } from "./request-fault.ts";

const planSchema = z.strictObject({
  requests: z.array(requestFaultSchema).default([]),
  operations: z.array(operationFaultSchema).default([]),
});

type Plan = z.infer<typeof planSchema>;

export function faultRoutes({ arm }: Controlled): ControlRoutes {
  const { faults } = arm;
  /** As they were asked for. */
  const asked = new WeakMap<object, AskedRequestFault | AskedOperationFault>();
  const shown = (known: readonly { readonly fault: object; readonly left: number }[]) =>
    known.map(({ fault, left }) => ({ ...(asked.get(fault) ?? {}), times: timesOf(left) }));
  const now = () => ({
    json: { requests: shown(faults.requests), operations: shown(faults.operations) },
  });
  return {
    faults: {
      GET: now,
      POST: async (request) => {
        const plan = planOf(await jsonOf(request));
        const requests = plan.requests.map((each) => ({ each, fault: toFault(each) }));
        const operations = plan.operations.map((each) => ({ each, fault: toOperationFault(each) }));
        // Nothing is added unless everything is right.
        for (const { each, fault } of requests) {
          asked.set(fault, each);
          faults.add(fault);
        }
        for (const { each, fault } of operations) {
          asked.set(fault, each);
          faults.addToOperations(fault);
        }
        return now();
      },
      DELETE: () => {
        faults.clear();
        return undefined;
      },
    },
  };
}

/** None: for ever. JSON has no infinity. */
const timesOf = (left: number): number | undefined => (left === Infinity ? undefined : left);

function planOf(body: unknown): Plan {
  const has = (name: string) => typeof body === "object" && body !== null && name in body;
  if (has("requests") || has("operations")) return checked(planSchema, body, "body");
  if (has("operation")) {
    return { requests: [], operations: [checked(operationFaultSchema, body, "body")] };
  }
  return { requests: [checked(requestFaultSchema, body, "body")], operations: [] };
}
