/** One request to the control plane as a handler sees it, and the answer it gives. */
import type { IncomingMessage } from "node:http";
import type { EventGrid } from "../../event-grid/start-event-grid.ts";
import type { ArmEmulator } from "../start-arm.ts";

/** What the control plane works on. */
export interface Controlled {
  readonly arm: ArmEmulator;
  readonly eventGrid: EventGrid | undefined;
  /** Where a state that is being loaded is kept until it is; undefined: nothing outlives the process. */
  readonly folder: string | undefined;
}

export interface ControlRequest {
  readonly url: URL;
  readonly incoming: IncomingMessage;
}

export type ControlAnswer =
  | { readonly json: unknown }
  | { readonly stream: AsyncIterable<string | Buffer>; readonly type: string }
  /** 204. */
  | undefined;

type ControlHandler = (request: ControlRequest) => ControlAnswer | Promise<ControlAnswer>;

/** By method. */
type Methods = Readonly<Record<string, ControlHandler>>;

/** By path below `/_emulator/`. */
export type ControlRoutes = Readonly<Record<string, Methods>>;

export const NDJSON = "application/x-ndjson";
