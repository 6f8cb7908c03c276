/** What is wrong with a request and its answer, by Microsoft's own descriptions of the API. */
import { Ajv2019, type ErrorObject, type ValidateFunction } from "ajv/dist/2019.js";
import addFormats from "ajv-formats";
import type { SwaggerDocuments, SwaggerSchema } from "./documents.ts";
import {
  apiVersionOf,
  createFindOperations,
  type FoundOperation,
  type JudgesOf,
} from "./find-operations.ts";
import { asNested } from "./flat-restore-points.ts";
import { jsonSchemaOf, jsonSchemasOf } from "./json-schemas.ts";
import { isRecorded } from "./undocumented.ts";

export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
}

/** Each complaint is a sentence; none: the exchange is as described. */
export type ValidateExchange = (exchange: Exchange) => string[];

export function createValidateExchange(
  documents: SwaggerDocuments,
  judgesOf: JudgesOf,
): ValidateExchange {
  const findOperations = createFindOperations(documents, judgesOf);
  const schemas = jsonSchemasOf(documents);
  const answers = createComplaints(documents, schemas, false);
  const requests = createComplaints(documents, schemas, true);
  return (asSent) => {
    const exchange = asNested(asSent);
    const { request, response } = exchange;
    const url = new URL(request.url);
    const found = findOperations(request.method, url);
    if (found === undefined || found.length === 0) {
      if (isRefusal(exchange)) return [];
      if (found === undefined) return ["The swagger has no such operation."];
      return [`There is no swagger for ${apiVersionOf(url) || "no api-version"}.`];
    }
    const complaintsOf = (one: FoundOperation): string[] => {
      const complaints =
        response.status < 400
          ? successComplaints(answers, requests, one, exchange)
          : refusalComplaints(answers, one, exchange);
      const isOwn = one.version === apiVersionOf(url);
      return isOwn ? complaints : complaints.map((each) => `${each} (Judged by ${one.version}.)`);
    };
    const [fewest = []] = found.map(complaintsOf).sort((one, other) => one.length - other.length);
    return isBareThrottling(exchange) ? [] : fewest;
  };
}

type Complaints = (schema: SwaggerSchema, base: string, value: unknown) => string[];

/** Of requests Azure reads more than it describes: numbers as strings, and names in any casing. Its own templates do so. */
function createComplaints(
  documents: SwaggerDocuments,
  schemas: SwaggerSchema[],
  isRequest: boolean,
): Complaints {
  const ajv = new Ajv2019({
    strict: false,
    allErrors: true,
    logger: false,
    coerceTypes: isRequest,
    verbose: true,
  });
  addFormats.default(ajv);
  for (const schema of schemas) ajv.addSchema(schema);
  const compiled = new Map<SwaggerSchema, ValidateFunction>();
  return (schema, base, value) => {
    const known = compiled.get(schema) ?? ajv.compile(jsonSchemaOf(documents, { schema, base }));
    compiled.set(schema, known);
    known(structuredClone(value));
    return (known.errors ?? [])
      .filter(
        (error) => !isRecorded(placeOf(error), isRequest) && !(isRequest && isOtherCasing(error)),
      )
      .map(sentence);
  };
}

const placeOf = ({ instancePath, params }: ErrorObject): string =>
  `${instancePath}/${params["additionalProperty"]}`;

function isOtherCasing({ keyword, params, parentSchema }: ErrorObject): boolean {
  if (keyword !== "additionalProperties") return false;
  const name = `${params["additionalProperty"]}`.toLowerCase();
  return Object.keys(parentSchema?.["properties"] ?? {}).some(
    (each) => each.toLowerCase() === name,
  );
}

function sentence(error: ErrorObject): string {
  const { keyword, instancePath, message } = error;
  return keyword === "additionalProperties"
    ? `The swagger does not have ${placeOf(error)}.`
    : `${instancePath || "The body"} ${message}.`;
}

function successComplaints(
  answers: Complaints,
  requests: Complaints,
  one: FoundOperation,
  exchange: Exchange,
): string[] {
  const { status, body } = exchange.response;
  const described = one.operation.responses[status];
  if (described === undefined) return [`The swagger has no answer with status ${status}.`];
  return [
    ...bodyComplaints(answers, described.schema, one.base, body),
    ...operationComplaints(one, exchange),
    ...requestComplaints(requests, one, exchange),
  ];
}

/** `default` describes them all; the older documents of disks leave it out. */
function refusalComplaints(
  answers: Complaints,
  { operation, base }: FoundOperation,
  exchange: Exchange,
): string[] {
  if (!isRefusal(exchange)) return ["The answer is no error envelope."];
  const { status, body } = exchange.response;
  const schema = (operation.responses[status] ?? operation.responses["default"])?.schema;
  return schema ? answers(schema, base, body) : [];
}

function bodyComplaints(
  complaintsOf: Complaints,
  schema: SwaggerSchema | undefined,
  base: string,
  body: unknown,
): string[] {
  if (schema === undefined) return body === undefined ? [] : ["The answer should have no body."];
  if (body === undefined) return ["The answer should have a body."];
  return complaintsOf(schema, base, body);
}

function operationComplaints({ operation }: FoundOperation, { response }: Exchange): string[] {
  const takesTime = operation["x-ms-long-running-operation"] === true;
  const { status, body } = response;
  if (!takesTime || (status !== 201 && status !== 202) || isDone(body)) return [];
  const names = Object.keys(response.headers).map((name) => name.toLowerCase());
  return names.includes("azure-asyncoperation") || names.includes("location")
    ? []
    : ["The answer has neither Azure-AsyncOperation nor Location."];
}

function requestComplaints(
  complaintsOf: Complaints,
  { operation, base }: FoundOperation,
  { request: { body } }: Exchange,
): string[] {
  const parameter = operation.parameters?.find((one) => one.in === "body");
  if (parameter?.schema === undefined) return [];
  if (body === undefined) return parameter.required ? ["The request should have a body."] : [];
  return complaintsOf(parameter.schema, base, body).map((complaint) => `Request: ${complaint}`);
}

/** Without further questions: the resource says so itself. */
const isDone = (body: unknown): boolean =>
  isObject(body) &&
  isObject(body["properties"]) &&
  body["properties"]["provisioningState"] === "Succeeded";

/** What ARM says of a request that it does not know, whatever provider would be asked. */
function isRefusal({ response: { status, body } }: Exchange): boolean {
  if (status < 400 || !isObject(body) || !isObject(body["error"])) return false;
  return typeof body["error"]["code"] === "string" && typeof body["error"]["message"] === "string";
}

/** Compute's 429 has no envelope: code, message and details are at the top. */
const isBareThrottling = ({ response: { status, body } }: Exchange): boolean =>
  status === 429 &&
  isObject(body) &&
  typeof body["code"] === "string" &&
  typeof body["message"] === "string";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
