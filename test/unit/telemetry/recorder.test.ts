import { describe, expect, test } from "vitest";
import { metrics } from "../../../src/lib/metrics.ts";
import type { Span } from "../../../src/lib/span.ts";
import type { Batch } from "../../../src/lib/telemetry-batch.ts";
import { MOST_WAITING, Recorder } from "../../../src/telemetry/recorder.ts";
import { waitFor } from "../../e2e/wait-for.ts";

const span = (name = "PlanVm", traceId = "0af7651916cd43dd8448eb211c80319c"): Span => ({
  ...{ traceId, spanId: "b7ad6b7169203331", name, kind: "consumer" },
  ...{ startedAt: 1, endedAt: 2, attributes: {}, ok: true, percent: 100 },
});

class Sender {
  loads = 0;
  readonly batches: Batch[] = [];
  send = async (batch: Batch) => void this.batches.push(batch);

  readonly load = async () => {
    this.loads += 1;
    return (batch: Batch) => this.send(batch);
  };

  get names(): string[] {
    return this.batches.flatMap(({ spans }) => spans.map(({ name }) => name));
  }
}

/** As an invocation does it. */
function invoke(recorder: Recorder, name?: string): void {
  recorder.began();
  recorder.span(span(name));
  recorder.ended();
}

describe("what sends", () => {
  test("is not loaded before an invocation has ended, nor while another goes on", async () => {
    const sender = new Sender();
    const recorder = new Recorder({ load: sender.load, everyMs: 1 });
    recorder.began();
    invoke(recorder);
    // Of one that is idle in between, several intervals go by.
    const other = new Sender();
    const idle = new Recorder({ load: other.load, everyMs: 1 });
    for (let sent = 0; sent < 5; sent++) {
      invoke(idle);
      await waitFor("the next batch", () => other.batches[sent]);
    }
    expect(sender.loads).toBe(0);
    recorder.ended();
    await waitFor("the span", () => sender.batches[0]);
  });

  test("is loaded once, and gets all that came in between at once", async () => {
    const sender = new Sender();
    const recorder = new Recorder({ load: sender.load, everyMs: 5 });
    invoke(recorder, "one");
    invoke(recorder, "two");
    recorder.measure({ metric: metrics.grantsLate, value: 1 });
    await waitFor("the batch", () => sender.batches[0]);
    invoke(recorder, "three");
    await waitFor("the next batch", () => sender.batches[1]);
    expect(
      sender.batches.map(({ spans, measurements }) => [spans.length, measurements.length]),
    ).toEqual([
      [2, 1],
      [1, 0],
    ]);
    expect(sender.loads).toBe(1);
  });

  test.each<[string, (sender: Sender) => void]>([
    [
      "fails",
      (sender) => {
        sender.send = () => Promise.reject(new Error("Not taken."));
      },
    ],
    [
      "throws",
      (sender) => {
        sender.send = () => {
          throw new Error("Not taken.");
        };
      },
    ],
  ])("may fail: what it had is lost, and what comes later is sent (%s)", async (_how, breaks) => {
    const sender = new Sender();
    const { send } = sender;
    breaks(sender);
    const recorder = new Recorder({ load: sender.load, everyMs: 1 });
    invoke(recorder, "lost");
    await recorder.flush(1000);
    sender.send = send;
    invoke(recorder, "kept");
    await recorder.flush(1000);
    expect(sender.names).toEqual(["kept"]);
  });

  test("may be out of reach for a while: nothing fails, and it is loaded later", async () => {
    const sender = new Sender();
    const load = async () => {
      sender.loads += 1;
      if (sender.loads === 1) throw new Error("No such module.");
      return sender.send;
    };
    const recorder = new Recorder({ load });
    invoke(recorder, "lost");
    await expect(recorder.flush(1000)).resolves.toBeUndefined();
    invoke(recorder, "kept");
    await recorder.flush(1000);
    expect(sender.names).toEqual(["kept"]);
  });

  test("may hang: the end of the process waits no longer than it says", async () => {
    const sender = new Sender();
    sender.send = () => new Promise(() => undefined);
    const recorder = new Recorder({ load: sender.load });
    invoke(recorder);
    await recorder.flush(10);
    expect(sender.loads).toBe(1);
  });
});

test("what waits is bounded, however long nothing is sent", async () => {
  const sender = new Sender();
  const recorder = new Recorder({ load: sender.load });
  for (let more = 0; more < MOST_WAITING + 10; more++) {
    recorder.span(span());
    recorder.measure({ metric: metrics.grantsLate, value: 1 });
  }
  await recorder.flush(1000);
  const [{ spans, measurements } = { spans: [], measurements: [] }] = sender.batches;
  expect([spans.length, measurements.length]).toEqual([MOST_WAITING, MOST_WAITING]);
});

test.each([
  [100, ["00", "7f", "80", "ff"]],
  [50, ["00", "7f"]],
  [0, []],
])(
  "of %d percent of the traces the spans are recorded, and of each all or none",
  async (percent, kept) => {
    const sender = new Sender();
    const recorder = new Recorder({ load: sender.load });
    for (const begin of ["00", "7f", "80", "ff"])
      recorder.span({ ...span(begin, `${begin}${"f".repeat(30)}`), percent });
    recorder.measure({ metric: metrics.grantsLate, value: 1 });
    await recorder.flush(1000);
    expect(sender.names).toEqual(kept);
    // Metrics are never sampled.
    expect(sender.batches[0]?.measurements).toHaveLength(1);
  },
);
