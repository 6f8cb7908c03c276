import type { HttpHandler } from "@azure/functions";

/** Says that the app is loaded and serves. Public, so it says nothing else. */
export const health: HttpHandler = () => ({ jsonBody: { status: "ok" } });
