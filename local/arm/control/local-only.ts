/**
 * The control plane takes no token, so nothing but programs of this machine may reach it: no web page, neither by its
 * own scripts (which send Origin or Sec-Fetch-Site) nor under a name of its own that leads here (another Host).
 */
import type { IncomingHttpHeaders } from "node:http";
import { ControlError } from "./control-error.ts";

export function demandLocal(headers: IncomingHttpHeaders, port: number): void {
  const { host, origin, "sec-fetch-site": site } = headers;
  if (host !== `127.0.0.1:${port}` && host?.toLowerCase() !== `localhost:${port}`)
    throw refused("Host", `the control plane is asked as localhost:${port} only.`);
  if (origin !== undefined) throw refused("Origin", "the control plane is not for web pages.");
  if (site !== undefined && site !== "none")
    throw refused("Sec-Fetch-Site", "the control plane is not for web pages.");
}

const refused = (header: string, message: string): ControlError =>
  new ControlError(403, "Forbidden", `${header}: ${message}`, header);
