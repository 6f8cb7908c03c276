/**
 * The shapes that pass between the Functions host and the `@azure/functions` library, as far as this host uses them.
 * They follow the host's gRPC messages, which is all the library knows of a trigger.
 */

/** One value; exactly one of the properties is set. */
export interface TypedData {
  string?: string;
  json?: string;
  bytes?: Uint8Array;
  http?: HttpData;
  int?: number;
  double?: number;
  collectionString?: { string: string[] };
}

interface NullableString {
  value?: string;
}

/** A cookie as a function returns it. */
export interface RpcCookie {
  name: string;
  value: string;
  domain?: NullableString | null;
  path?: NullableString | null;
  expires?: { value?: { seconds?: number } } | null;
  secure?: { value?: boolean } | null;
  httpOnly?: { value?: boolean } | null;
  sameSite?: "none" | "lax" | "strict" | "explicitNone";
  maxAge?: { value?: number } | null;
}

/** A request on its way in, or a response on its way out. */
export interface HttpData {
  url?: string;
  method?: string;
  nullableHeaders?: Record<string, NullableString>;
  nullableQuery?: Record<string, NullableString>;
  nullableParams?: Record<string, NullableString>;
  identities?: unknown[];
  statusCode?: string;
  headers?: Record<string, string>;
  cookies?: RpcCookie[];
  body?: TypedData | null;
}

export interface Binding {
  type: string;
  direction: string;
  readonly [option: string]: unknown;
}

export interface FunctionMetadata {
  name: string;
  functionId?: string;
  bindings: Record<string, Binding>;
  retryOptions?: unknown;
}

export interface InvocationRequest {
  invocationId: string;
  functionId: string;
  inputData: { name: string; data: TypedData }[];
  triggerMetadata: Record<string, TypedData>;
  traceContext: { traceParent: string; traceState: string; attributes: Record<string, string> };
}

export interface InvocationResponse {
  outputData?: { name: string; data?: TypedData | null }[];
  returnValue?: TypedData | null;
}
