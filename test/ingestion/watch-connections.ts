/** Loaded into a process before its app: says on its output whenever something there connects to another machine. */
import { Socket } from "node:net";

/** What a line of it begins with. */
export const LEFT = "Left the machine:";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "::1"]);
const { connect } = Socket.prototype;

Socket.prototype.connect = function (this: Socket, ...asked: never[]) {
  // Node's own callers have normalised the arguments into an array by now.
  const [first] = asked as unknown[];
  const options: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof options === "object" && options !== null && "port" in options) {
    const host = "host" in options && options.host ? String(options.host) : "localhost";
    if (!LOOPBACK.has(host)) process.stderr.write(`${LEFT} ${host}\n`);
  }
  return Reflect.apply(connect, this, asked);
} as typeof connect;
