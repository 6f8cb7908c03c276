/** Requests that no well-behaved client sends: headers twice, paths as they are, bodies that are not what they say. */
import { connect } from "node:net";

interface RawRequest {
  readonly method?: string;
  /** Goes out as it is. */
  readonly path: string;
  /** Name and value, in this order. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  /** The connection ends with it, whatever was announced. */
  readonly isCutOff?: boolean;
}

/** The status of the answer, and its headers by their names in lower case. 0: the connection was closed without one. */
export async function rawRequest(
  url: string,
  { method = "GET", path, headers = [], body = "", isCutOff = false }: RawRequest,
): Promise<{ status: number; headers: Map<string, string> }> {
  const { hostname, port, host } = new URL(url);
  const given = headers.some(([name]) => name.toLowerCase() === "host") ? [] : [["Host", host]];
  const lines = [...given, ["Connection", "close"], ...headers].map((each) => each.join(": "));
  const socket = connect(Number(port), hostname);
  socket.write([`${method} ${path} HTTP/1.1`, ...lines, "", body].join("\r\n"));
  if (isCutOff) socket.end();
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of socket) chunks.push(chunk);
  } catch (error) {
    // Whoever is refused may be cut off while still sending.
    if (chunks.length === 0 && !(error instanceof Error && "code" in error)) throw error;
  }
  const [head = ""] = Buffer.concat(chunks).toString().split("\r\n\r\n");
  const [first = "", ...rest] = head.split("\r\n");
  const pairs = rest.map((line) => line.split(/:\s*(.*)/s));
  return {
    status: Number(first.split(" ")[1] ?? 0),
    headers: new Map(pairs.map(([name = "", value = ""]) => [name.toLowerCase(), value])),
  };
}
