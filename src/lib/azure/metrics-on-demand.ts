/** The metrics SDK of OpenTelemetry, for measurements that come in batches: each is aggregated by itself. */
import type { Meter } from "@opentelemetry/api";
import type { Resource } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  MeterProvider,
  MetricReader,
  type ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import { type Measurement, type Metric, metrics } from "../metrics.ts";

/** Asked for what was measured, and not asking by itself. */
class AskedReader extends MetricReader {
  protected async onShutdown(): Promise<void> {}
  protected async onForceFlush(): Promise<void> {}
}

type Record = (value: number, attributes?: Measurement["attributes"]) => void;

export class MetricsOnDemand {
  /** Deltas: what an instance has counted is added to what others have, and ends with it. */
  readonly #reader = new AskedReader({
    aggregationTemporalitySelector: () => AggregationTemporality.DELTA,
  });
  readonly #instruments: ReadonlyMap<Metric, Record>;

  constructor(resource: Resource) {
    const provider = new MeterProvider({ resource, readers: [this.#reader] });
    const meter = provider.getMeter("vm-restore-points");
    this.#instruments = new Map(
      Object.values(metrics).map((metric) => [metric, instrumentOf(meter, metric)]),
    );
  }

  /** Of these measurements, and no others: gauges that nobody set are not in it. */
  async collect(measurements: readonly Measurement[]): Promise<ResourceMetrics> {
    for (const { metric, value, attributes } of measurements) {
      this.#instruments.get(metric)?.(value, attributes);
    }
    const { resourceMetrics } = await this.#reader.collect();
    return resourceMetrics;
  }
}

function instrumentOf(meter: Meter, { name, kind, unit, description }: Metric): Record {
  const options = { unit, description };
  switch (kind) {
    case "counter": {
      const counter = meter.createCounter(name, options);
      return (value, attributes) => counter.add(value, attributes);
    }
    case "gauge": {
      const gauge = meter.createGauge(name, options);
      return (value, attributes) => gauge.record(value, attributes);
    }
    case "histogram": {
      const histogram = meter.createHistogram(name, options);
      return (value, attributes) => histogram.record(value, attributes);
    }
    default:
      return kind satisfies never;
  }
}
