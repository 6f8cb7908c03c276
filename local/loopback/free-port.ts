import { once } from "node:events";
import { createServer } from "node:net";

/** A port that nobody listens on now. It is not kept: whoever takes it first has it. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No free port.");
  return address.port;
}
