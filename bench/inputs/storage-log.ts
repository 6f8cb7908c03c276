/**
 * Loaded into Azurite's own process: writes a line for each request that the app or its host sends, so that all of
 * them are counted, whoever sends them and whatever is sent again. `<port> <method> <path>`, without anything secret.
 */
import { subscribe } from "node:diagnostics_channel";
import { openSync, writeSync } from "node:fs";
import type { IncomingMessage } from "node:http";

const file = process.env["BENCH_STORAGE_LOG"];
if (file !== undefined) {
  const log = openSync(file, "a");
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    // The benchmark itself signs with the account's key.
    if (!request.headers.authorization?.startsWith("Bearer ")) return;
    const [path = ""] = (request.url ?? "").split("?");
    writeSync(log, `${request.socket.localPort} ${request.method} ${path}\n`);
  });
}
