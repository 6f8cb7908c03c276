import type { HttpHandler } from "@azure/functions";
import { securityHeaders } from "./security-headers.ts";

/** Says that the app is loaded and serves. Public, so it says nothing else. */
export const health: HttpHandler = () => ({
  headers: securityHeaders,
  jsonBody: { status: "ok" },
});
