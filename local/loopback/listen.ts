/** Starts and stops a server on the loopback interface. */
import { once } from "node:events";
import type { Server } from "node:net";

interface Closable extends Server {
  closeAllConnections(): void;
}

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Port 0 takes a free one. Closing drops open connections, so that it never waits for a client. */
export async function listen(server: Closable, port: number): Promise<Listening> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    port: address.port,
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
