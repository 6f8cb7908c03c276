/** A small description in two versions, with all that the real ones use. */
import type { SwaggerDocument, SwaggerDocuments } from "../../swagger/documents.ts";
import type { Exchange } from "../../swagger/validate-exchange.ts";

const BOX = "/subscriptions/{subscriptionId}/providers/Test.Things/boxes/{boxName}";

const PATH = "/subscriptions/s/providers/Test.Things/boxes/b";

const box = (more: object = {}): SwaggerDocument["definitions"] => ({
  Box: {
    type: "object",
    allOf: [{ $ref: "./common.json#/definitions/Resource" }],
    properties: {
      properties: {
        type: "object",
        properties: {
          size: { type: "integer", format: "int32" },
          madeAt: { type: "string", format: "date-time", readOnly: true },
          colour: { type: "string", enum: ["red"], "x-ms-enum": { modelAsString: true } },
          shape: { type: "string", enum: ["cube"], "x-ms-enum": { modelAsString: false } },
          labels: { type: "object", additionalProperties: { type: "string" } },
          ...more,
        },
      },
    },
    required: ["location"],
  },
});

const documentOf = (version: string, more?: object): SwaggerDocument => ({
  info: { version },
  paths: {
    [BOX]: {
      get: { operationId: "Boxes_Get", responses: { 200: { schema: boxSchema() }, ...REFUSAL } },
      put: {
        operationId: "Boxes_Put",
        parameters: [{ in: "body", required: true, schema: boxSchema() }],
        responses: { 201: { schema: boxSchema() }, ...REFUSAL },
        "x-ms-long-running-operation": true,
      },
      delete: { operationId: "Boxes_Delete", responses: { 200: {}, ...REFUSAL } },
    },
  },
  definitions: { ...box(more) },
});

const boxSchema = () => ({ $ref: "#/definitions/Box" });
const REFUSAL = { default: { schema: { $ref: "./common.json#/definitions/CloudError" } } };

const common: SwaggerDocument = {
  info: { version: "1.0" },
  definitions: {
    Resource: {
      type: "object",
      properties: { id: { type: "string" }, location: { type: "string" } },
    },
    CloudError: { type: "object", properties: { error: { $ref: "#/definitions/ApiError" } } },
    ApiError: {
      type: "object",
      properties: { code: { type: "string" }, message: { type: "string" } },
    },
  },
};

export const documents: SwaggerDocuments = new Map([
  ["file:///things/2024.json", documentOf("2024-01-01")],
  ["file:///things/2026.json", documentOf("2026-01-01", { lid: { type: "boolean" } })],
  ["file:///things/common.json", common],
]);

const JUDGES: Readonly<Record<string, readonly string[]>> = {
  "2023-01-01": ["2024-01-01"],
  "2025-01-01": ["2024-01-01", "2026-01-01"],
};

export const judgesOf = (version: string): readonly string[] => JUDGES[version] ?? [];

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly version?: string;
  readonly body?: unknown;
}

/** A GET of a box that is well; say what is different. */
export const exchange = (
  response: Partial<Exchange["response"]> = {},
  { method = "GET", path = PATH, version = "2024-01-01", body }: Asked = {},
): Exchange => ({
  request: { method, url: `https://localhost:1${path}?api-version=${version}`, body },
  response: { status: 200, headers: {}, body: { location: "here" }, ...response },
});
