/**
 * The span of the invocation that is under way, which everything in it belongs to without being told. Without a recorder
 * there is none, and nothing here does anything.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import type { Span, SpanAttribute } from "../lib/span.ts";
import { type SpanContext, spanContextOf, traceparentOf } from "../lib/traceparent.ts";
import type { Recorder } from "./recorder.ts";

export interface ActiveSpan extends SpanContext, Pick<Span, "percent"> {
  readonly recorder: Recorder;
  /** Whether the messages that leave it go on with its trace. */
  readonly goesOn: boolean;
  readonly attributes: Partial<Record<SpanAttribute, string | number>>;
  /** Whether it has done what it was there for. */
  ok: boolean;
}

const storage = new AsyncLocalStorage<ActiveSpan>();

export const activeSpan = (): ActiveSpan | undefined => storage.getStore();

/** Of the active span, for what goes on with its trace. */
export function activeTraceparent(): string | undefined {
  const active = activeSpan();
  return active?.goesOn ? traceparentOf(active) : undefined;
}

interface Beginning extends Pick<ActiveSpan, "goesOn" | "attributes">, Pick<Span, "name" | "kind"> {
  /** A `traceparent`; without one, or with one that cannot be read, a trace begins. */
  readonly parent: string | null | undefined;
}

/** Runs something as a span of its own. */
export async function inSpan<T>(
  recorder: Recorder,
  { parent: traceparent, name, kind, goesOn, attributes }: Beginning,
  run: (span: ActiveSpan) => T | Promise<T>,
): Promise<T> {
  const parent = spanContextOf(traceparent);
  const traceId = parent?.traceId ?? newId(16);
  // What starts the work of many VMs is seldom, and its being there says that the app is alive.
  const percent = goesOn ? recorder.tracesPercent : 100;
  const active = { traceId, spanId: newId(8), recorder, goesOn, attributes, percent, ok: true };
  const startedAt = Date.now();
  recorder.began();
  try {
    return await storage.run(active, () => run(active));
  } catch (error) {
    active.ok = false;
    // Its message may quote what it failed on.
    active.attributes.code = error instanceof Error ? error.name : typeof error;
    throw error;
  } finally {
    const { spanId, ok } = active;
    const parentSpanId = parent?.spanId;
    const span = { traceId, spanId, parentSpanId, name, kind, attributes, ok, percent };
    recorder.span({ ...span, startedAt, endedAt: Date.now() });
    recorder.ended();
  }
}

/** A random id, as W3C Trace Context wants it: in hexadecimal digits. */
export const newId = (bytes: 8 | 16): string => randomBytes(bytes).toString("hex");
