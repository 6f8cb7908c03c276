/** What the exporter sends, and what a test wants to know of it. */
import { z } from "zod";

const tagsSchema = z.looseObject({
  "ai.operation.id": z.string().optional(),
  "ai.operation.parentId": z.string().optional(),
  "ai.cloud.role": z.string(),
});

const propertiesSchema = z.record(z.string(), z.string());

const spanSchema = z.looseObject({
  baseType: z.enum(["RequestData", "RemoteDependencyData"]),
  baseData: z.looseObject({
    id: z.string(),
    name: z.string(),
    success: z.boolean(),
    properties: propertiesSchema,
  }),
});

const metricSchema = z.looseObject({
  baseType: z.literal("MetricData"),
  baseData: z.looseObject({
    metrics: z.array(
      z.looseObject({ name: z.string(), value: z.number(), count: z.number().optional() }),
    ),
    properties: propertiesSchema,
  }),
});

const envelopeSchema = z.looseObject({
  tags: tagsSchema,
  data: z.discriminatedUnion("baseType", [spanSchema, metricSchema]),
});
export type Envelope = z.infer<typeof envelopeSchema>;

export const envelopesSchema = z.array(envelopeSchema);

export interface TakenSpan {
  readonly trace: string | undefined;
  readonly id: string;
  readonly parent: string | undefined;
  readonly name: string;
  readonly isRequest: boolean;
  readonly success: boolean;
  readonly properties: Readonly<Record<string, string>>;
}

export const spansIn = (envelopes: readonly Envelope[]): TakenSpan[] =>
  envelopes.flatMap(({ tags, data }) =>
    data.baseType === "MetricData"
      ? []
      : {
          trace: tags["ai.operation.id"],
          parent: tags["ai.operation.parentId"],
          isRequest: data.baseType === "RequestData",
          ...data.baseData,
        },
  );

export interface TakenMetric {
  readonly name: string;
  readonly value: number;
  readonly count: number | undefined;
  readonly properties: Readonly<Record<string, string>>;
}

export const metricsIn = (envelopes: readonly Envelope[]): TakenMetric[] =>
  envelopes.flatMap(({ data }) =>
    data.baseType === "MetricData"
      ? data.baseData.metrics.map(({ name, value, count }) => ({
          ...{ name, value, count },
          properties: data.baseData.properties,
        }))
      : [],
  );
