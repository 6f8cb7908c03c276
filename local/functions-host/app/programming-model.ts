/** What `@azure/functions` hands to the host by `setProgrammingModel`, and what it is given in turn. */
import type { LogLevel } from "../logs/log-level.ts";
import type { FunctionMetadata, InvocationRequest, InvocationResponse } from "./rpc.ts";

export type FunctionCallback = (...inputs: unknown[]) => unknown;

/** The library logs its own warnings as `system`, and what a function logs as `user`. */
export type LogCategory = "user" | "system" | "customMetric";

export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: InvocationRequest;
  readonly metadata: FunctionMetadata;
  /** The library warns of logs after the end, except while this says `postInvocationHooks`. */
  state?: "preInvocationHooks" | "invocation" | "postInvocationHooks";
  log(level: LogLevel, category: LogCategory, message: string): void;
}

interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(
    context: unknown,
    inputs: unknown[],
    callback: FunctionCallback,
  ): Promise<unknown> | unknown;
  getResponse(context: unknown, result: unknown): Promise<InvocationResponse> | InvocationResponse;
}

export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
  getCapabilities?(
    capabilities: Record<string, string>,
  ): Record<string, string> | Promise<Record<string, string>>;
}
