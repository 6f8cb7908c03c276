import type { HttpHandler } from "@azure/functions";
import { preflightHeaders } from "../lib/api/cors.ts";
import type { Services } from "../services.ts";
import { securityHeaders } from "./security-headers.ts";

/** Public, since browsers send no token with it; so it tells nothing but what a page of a known origin may send. */
export const preflight =
  ({ corsOrigins }: Pick<Services, "corsOrigins">): HttpHandler =>
  ({ headers }) => ({
    status: 204,
    headers: { ...securityHeaders, ...preflightHeaders(corsOrigins, headers.get("origin")) },
  });
