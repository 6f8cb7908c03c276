/**
 * Sends traces and metrics to Application Insights, through the exporter that Azure Monitor has for OpenTelemetry. It is
 * loaded when there is something to send, and by nothing else: see `telemetry/recorder.ts`.
 *
 * The distro, `@azure/monitor-opentelemetry`, is this exporter and instrumentations, which hook `require` and so find
 * nothing in a bundle; it takes four times as long to load and six times the space.
 */
import type { PipelinePolicy } from "@azure/core-rest-pipeline";
import { ManagedIdentityCredential } from "@azure/identity";
import {
  AzureMonitorBaseExporter,
  type AzureMonitorExporterOptions,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from "@azure/monitor-opentelemetry-exporter";
import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { Batch, SendBatch } from "../telemetry-batch.ts";
import { MetricsOnDemand } from "./metrics-on-demand.ts";
import { readableSpanOf } from "./readable-span.ts";

/**
 * The exporters ask another address of Microsoft for their configuration, and tell it how they fare, unless they are
 * told that they are the ones that tell: an argument of their base class that they do not pass on.
 */
class QuietExporter extends AzureMonitorBaseExporter {
  constructor(options?: AzureMonitorExporterOptions) {
    super(options, true);
  }
}
Object.setPrototypeOf(AzureMonitorTraceExporter, QuietExporter);
Object.setPrototypeOf(AzureMonitorMetricExporter, QuietExporter);

/** A request that has no answer by then is given up: nobody waits for it, but it holds its batch. */
const TIMEOUT_MS = 10_000;

const timeLimit: PipelinePolicy = {
  name: "timeLimit",
  sendRequest: (request, next) => {
    request.timeout = TIMEOUT_MS;
    return next(request);
  },
};

export interface AzureMonitorOptions {
  readonly connectionString: string;
  /** Of a user-assigned identity: Application Insights takes nothing from those who only know its key. */
  readonly clientId: string | undefined;
}

export function azureMonitor({ connectionString, clientId }: AzureMonitorOptions): SendBatch {
  const resource = resourceFromAttributes({ "service.name": "vm-restore-points" });
  const exporting: AzureMonitorExporterOptions = {
    connectionString,
    credential: clientId
      ? new ManagedIdentityCredential({ clientId })
      : new ManagedIdentityCredential(),
    // What cannot be sent is lost: an instance and its disk are gone before long, metrics of an hour ago alert nobody, and
    // retries that wait for as long as Retry-After says would pile up.
    disableOfflineStorage: true,
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: timeLimit, position: "perCall" }],
  };
  const spanExporter = new AzureMonitorTraceExporter(exporting);
  const metricExporter = new AzureMonitorMetricExporter(exporting);
  const onDemand = new MetricsOnDemand(resource);
  return async ({ spans, measurements }: Batch) => {
    const readable = spans.map((span) => readableSpanOf(span, resource));
    const collected = await onDemand.collect(measurements);
    await Promise.all([
      exported((done) => spanExporter.export(readable, done)),
      exported((done) => metricExporter.export(collected, done)),
    ]);
  };
}

/** The exporters resolve in any case, and call back with how it went: more than once, if there is nothing to send. */
async function exported(send: (done: (result: ExportResult) => void) => Promise<void>) {
  const results: ExportResult[] = [];
  await send((result) => void results.push(result));
  const [first] = results;
  if (first?.code === ExportResultCode.FAILED) throw first.error ?? new Error("Not taken.");
}
