/** What stands before a functions host in Azure: TLS ends here, and the host is told that there was any. */
import { request } from "node:http";
import { createServer } from "node:https";
import { type Listening, listen } from "../../local/loopback/listen.ts";
import type { Stack } from "../../local/stack/start-stack.ts";

export interface TlsFront extends Pick<Listening, "close"> {
  readonly url: string;
}

export async function startTlsFront({
  certificate: { cert, key },
  hosts,
}: Pick<Stack, "certificate" | "hosts">): Promise<TlsFront> {
  const [host] = hosts;
  if (host === undefined) throw new Error("The stack has no functions host.");
  const server = createServer({ cert, key }, (incoming, outgoing) => {
    const { method, url = "/" } = incoming;
    const headers = { ...incoming.headers, "x-forwarded-proto": "https" };
    const passedOn = request(new URL(url, host.url), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passedOn.once("error", () => outgoing.destroy());
    incoming.pipe(passedOn);
  });
  const { port, close } = await listen(server, 0);
  return { url: `https://127.0.0.1:${port}`, close };
}
