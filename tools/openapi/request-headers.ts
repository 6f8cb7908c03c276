/** The headers that a request may have, beside its token. */
import { z } from "zod";
import { LONGEST_PRECONDITION } from "../../src/lib/api/preconditions.ts";
import type { Route } from "../../src/lib/api/route.ts";

const preconditions = z.object({
  "If-Match": z
    .string()
    .max(LONGEST_PRECONDITION)
    .optional()
    .meta({ description: "ETag that it must have; `*`: any." }),
  "If-None-Match": z
    .string()
    .max(LONGEST_PRECONDITION)
    .optional()
    .meta({ description: "`*`: there must be none." }),
});

const repeatability = z.object({
  "Repeatability-Request-ID": z
    .string()
    .regex(/^[0-9A-Za-z._-]{1,64}$/)
    .optional()
    .meta({ description: "Makes the request safe to send again. A GUID; one for each request." }),
  "Repeatability-First-Sent": z
    .string()
    .max(29)
    .optional()
    .meta({ description: "When it was sent first, as in `Sat, 31 Jan 2026 12:00:00 GMT`." }),
});

const trace = z.object({
  traceparent: z
    .string()
    .max(55)
    .optional()
    .meta({ description: "The caller's span, as W3C has it. A wrong one is ignored." }),
  "x-ms-client-request-id": z
    .guid()
    .optional()
    .meta({ description: "Comes back with the answer. Anything but a GUID is ignored." }),
});

export const requestHeadersOf = ({ conditional, repeatable }: Route) =>
  trace.extend({
    ...(conditional ? preconditions.shape : {}),
    ...(repeatable ? repeatability.shape : {}),
  });
