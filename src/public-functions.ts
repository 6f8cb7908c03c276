/** The functions that need no services, and ask nobody who they are; the answer to a browser's preflight alone is public too. */
import type { HttpHandler } from "@azure/functions";
import type { App } from "./app.ts";
import { docs, openApi } from "./functions/documents.ts";
import { health } from "./functions/health.ts";
import type { ReadPublicFile } from "./public-files.ts";

export function registerPublicFunctions(app: Pick<App, "http">, read: ReadPublicFile): void {
  const on = (name: string, route: string, handler: HttpHandler) =>
    app.http(name, { route, methods: ["GET"], authLevel: "anonymous", handler });
  on("Health", "health", health);
  on("OpenApi", "openapi.json", openApi(read));
  on("Docs", "docs/{file?}", docs(read));
}
