/** Functions as they are registered with tracing: what an invocation is told of, and what its messages carry. */
import type { InvocationContext } from "@azure/functions";
import { beforeEach, describe, expect, test } from "vitest";
import type { App } from "../../../src/app.ts";
import { logOf } from "../../../src/functions/log-of.ts";
import { outputs, send } from "../../../src/functions/outputs.ts";
import type { Span } from "../../../src/lib/span.ts";
import type { Batch } from "../../../src/lib/telemetry-batch.ts";
import { spanContextOf } from "../../../src/lib/traceparent.ts";
import { activeTraceparent } from "../../../src/telemetry/active-span.ts";
import { Recorder } from "../../../src/telemetry/recorder.ts";
import { stamped } from "../../../src/telemetry/stamp.ts";
import { tracedApp } from "../../../src/telemetry/traced-app.ts";
import { watchArm } from "../../../src/telemetry/watch-arm.ts";
import { invocation } from "../../fakes/invocation.ts";
import { vmKey } from "../../fixtures/records.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const EVENTS_SPAN = `00-${TRACE}-00f067aa0ba902b7-01`;
const vm = vmKey();

type Handler = (input: unknown, context: InvocationContext) => unknown;

let recorder: Recorder;
let batches: Batch[];
beforeEach(() => {
  batches = [];
  recorder = new Recorder({ load: async () => async (batch) => void batches.push(batch) });
});

/** Everything that was told. */
async function told(): Promise<Batch> {
  await recorder.flush(1000);
  const spans = batches.flatMap((batch) => batch.spans);
  return { spans, measurements: batches.flatMap(({ measurements }) => measurements) };
}

function registered(name: string, on: keyof App, handler: Handler): Handler {
  let traced: Handler | undefined;
  const take = (_name: string, options: { handler: Handler }) => {
    traced = options.handler;
  };
  const app = { eventGrid: take, storageQueue: take, timer: take, http: take };
  const register = tracedApp(app as unknown as App, recorder)[on] as unknown as typeof take;
  register(name, { handler });
  if (traced === undefined) throw new Error("Nothing was registered.");
  return traced;
}

async function run(name: string, on: keyof App, input: unknown, handler: Handler): Promise<Span> {
  const { context } = invocation(name);
  await Promise.allSettled([registered(name, on, handler)(input, context)]);
  const span = (await told()).spans.findLast((each) => each.name === name);
  if (span === undefined) throw new Error("There is no span.");
  return span;
}

describe("an invocation", () => {
  test("goes on with the trace of its message, and so do the messages it sends", async () => {
    let sent: unknown;
    const span = await run(
      "PlanVm",
      "storageQueue",
      { vm, traceparent: EVENTS_SPAN },
      (_, context) => {
        send(context, {
          points: [{ vm }],
          track: [{ operation: "a" as never, look: 1, traceparent: "its own" }],
        });
        sent = [
          context.extraOutputs.get(outputs.planPoints),
          context.extraOutputs.get(outputs.trackOperation),
          stamped({ vm }),
        ];
      },
    );
    expect(span).toMatchObject({
      traceId: TRACE,
      parentSpanId: "00f067aa0ba902b7",
      kind: "consumer",
      ok: true,
    });
    const traceparent = `00-${TRACE}-${span.spanId}-01`;
    expect(sent).toEqual([
      [{ vm, traceparent }],
      [{ operation: "a", look: 1, traceparent: "its own" }],
      { vm, traceparent },
    ]);
  });

  test.each([
    undefined,
    null,
    "text",
    { vm },
    { vm, traceparent: 7 },
    { vm, traceparent: "00-0-0-01" },
  ])("of a message without a trace, %j, begins one", async (message) => {
    const span = await run("PlanVm", "storageQueue", message, () => undefined);
    expect(spanContextOf(`00-${span.traceId}-${span.spanId}-01`)).toBeDefined();
    expect(span.parentSpanId).toBeUndefined();
  });

  test.each([
    ["DueVms", "timer"],
    ["PlanFleet", "storageQueue"],
  ] as const)(
    "of %s, which starts the work of many VMs, leaves each of its messages a trace of its own",
    async (name, on) => {
      let message: object = {};
      await run(name, on, {}, () => {
        message = stamped({ vm });
      });
      expect(message).toEqual({ vm });
    },
  );

  test("that fails is told of with the name of its error, and fails", async () => {
    const { context } = invocation("PlanVm");
    const failure = new TypeError("https://disk?sig=abc");
    const failing = registered("PlanVm", "storageQueue", () => Promise.reject(failure));
    await expect(failing({}, context)).rejects.toBe(failure);
    const { spans } = await told();
    expect(spans[0]).toMatchObject({ ok: false, attributes: { code: "TypeError" } });
    expect(JSON.stringify(spans)).not.toContain("sig=");
  });

  test("over HTTP is told of with how it was answered", async () => {
    const answered = (status: number) =>
      run("GetVm", "http", { method: "GET" }, async () => ({ status }));
    expect(await answered(404)).toMatchObject({
      ...{ kind: "server", ok: true },
      attributes: { "http.request.method": "GET", "http.response.status_code": 404 },
    });
    expect(await answered(503)).toMatchObject({ ok: false });
  });

  test("is found by what its log names, and its log by its trace", async () => {
    const { context, lines } = invocation("TrackOperation");
    const track = registered("TrackOperation", "storageQueue", (_, { log: _log, ...rest }) => {
      logOf({ ...rest, ...context } as InvocationContext);
      logOf(context).info("copySucceeded", {
        vm,
        operation: "o",
        kind: "copyRestorePoint",
        lagMs: 2000,
      });
    });
    await track({ traceparent: EVENTS_SPAN }, context);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`copySucceeded .* trace=${TRACE}$`))]);
    const { spans, measurements } = await told();
    expect(spans[0]?.attributes).toMatchObject({ vm, operation: "o" });
    expect(measurements.map(({ metric, value }) => [metric.name, value])).toEqual([
      ["restorepoints.operations", 1],
      ["restorepoints.copy_lag", 2],
    ]);
  });
});

test("with few traces recorded, that of a timer is: its being there says that the app is alive", async () => {
  const load = async () => async (batch: Batch) => void batches.push(batch);
  recorder = new Recorder({ load, tracesPercent: 0 });
  const { percent } = await run("DueVms", "timer", {}, () => undefined);
  expect(percent).toBe(100);
  await expect(run("PlanVm", "storageQueue", {}, () => undefined)).rejects.toThrow("no span");
});

describe("a request to ARM", () => {
  const call = { method: "GET", type: "Microsoft.Compute/disks", host: "management.azure.com" };

  test("is a span below the invocation", async () => {
    let watched: ReturnType<typeof watchArm>;
    const { spanId } = await run("PlanVm", "storageQueue", {}, () => {
      watched = watchArm(call);
      watched?.end({ status: 429, code: "TooManyRequests", requestId: "r" });
    });
    const { spans, measurements } = await told();
    const [client] = spans;
    expect(client).toMatchObject({
      ...{ name: "GET Microsoft.Compute/disks", kind: "client", parentSpanId: spanId, ok: false },
      attributes: { "http.response.status_code": 429, code: "TooManyRequests" },
    });
    expect(watched?.traceparent).toBe(`00-${client?.traceId}-${client?.spanId}-01`);
    expect(measurements).toMatchObject([
      { attributes: { operation: "GET Microsoft.Compute/disks" } },
    ]);
  });

  test("outside of any is nobody's", () => {
    expect(watchArm(call)).toBeUndefined();
    expect(activeTraceparent()).toBeUndefined();
    expect(stamped({ vm })).toEqual({ vm });
  });
});
