/** A stack whose app tells Application Insights of itself, and what has come of it. */
import { decodeJwt } from "jose";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { waitFor } from "../e2e/wait-for.ts";
import { metricsIn, spansIn, type TakenMetric, type TakenSpan } from "./envelope.ts";
import { type Ingestion, startIngestion } from "./start-ingestion.ts";
import { LEFT } from "./watch-connections.ts";

const WATCH = new URL("./watch-connections.ts", import.meta.url);

export class TelemetryScene {
  readonly stack: Stack;
  readonly ingestion: Ingestion;

  private constructor(stack: Stack, ingestion: Ingestion) {
    this.stack = stack;
    this.ingestion = ingestion;
  }

  static async start(): Promise<TelemetryScene> {
    const isToken = (token: string) => decodeJwt(token).aud === "https://monitor.azure.com";
    const ingestion = await startIngestion(isToken);
    const stack = await startStack({
      arm: {
        ...{ crashConsistentCreateMs: 300, applicationConsistentCreateMs: 300 },
        ...{ copyMs: 300, copyProgressStepMs: 100 },
        stoppedVirtualMachine: "agentError",
      },
      env: {
        APPLICATIONINSIGHTS_CONNECTION_STRING: ingestion.connectionString,
        NODE_OPTIONS: `--import=${WATCH}`,
      },
    });
    ingestion.serve(stack.certificate);
    return new TelemetryScene(stack, ingestion);
  }

  async close(): Promise<void> {
    await this.stack.close();
    await this.ingestion.close();
  }

  get spans(): TakenSpan[] {
    return spansIn(this.ingestion.envelopes);
  }

  get lines(): string[] {
    return this.stack.hosts.flatMap((host) => host.output().split("\n"));
  }

  /** Machines that the app, or what it is made of, has connected to. */
  get left(): string[] {
    return this.lines.filter((line) => line.includes(LEFT));
  }

  /** The trace of a restore point's creation, as soon as it is told of to the end, and what followed from it. */
  async traceOf(operation: string): Promise<TakenSpan[]> {
    const isOf = ({ properties }: TakenSpan) => properties["operation"] === operation;
    const { trace } = await waitFor("the operation to be told of", () => this.spans.find(isOf));
    const inTrace = () => this.spans.filter((span) => span.trace === trace);
    await waitFor("what follows from its end", () =>
      inTrace().find(({ name }) => name === "PlanPoints"),
    );
    return inTrace();
  }

  /** The values of a metric that have come so far. */
  taken({ name }: { readonly name: string }): TakenMetric[] {
    return metricsIn(this.ingestion.envelopes).filter((metric) => metric.name === name);
  }

  /** A value of a metric, as soon as one with these attributes has come. */
  told(
    metric: { readonly name: string },
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<TakenMetric> {
    return waitFor(`${metric.name} ${JSON.stringify(attributes)}`, () =>
      this.taken(metric).find(({ properties }) =>
        Object.entries(attributes).every(([name, value]) => properties[name] === value),
      ),
    );
  }

  /** Runs a timer's function now. */
  async run(name: string): Promise<void> {
    await fetch(new URL(`/admin/functions/${name}`, this.stack.hosts[0]?.url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
  }
}
