/** `traceparent`, as W3C Trace Context has it: https://www.w3.org/TR/trace-context/#traceparent-header */

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Undefined for what is none: whoever sent it is not told, as the specification wants it. */
export const traceIdOf = (traceparent: string | null | undefined): string | undefined =>
  TRACEPARENT.exec(traceparent ?? "")?.[1];
