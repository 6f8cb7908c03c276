/** Finds out before anything starts which ports somebody else has, so that one message can say it all. */
import { once } from "node:events";
import { createServer } from "node:net";
import { type PortPlan, type Ports, portPlans } from "./ports.ts";

/** Both loopback addresses: a server on `::1` alone would answer for `localhost` in our place. */
const LOOPBACK = ["127.0.0.1", "::1"];

export async function takenPorts(ports: Ports): Promise<PortPlan[]> {
  const taken = await Promise.all(portPlans.map(({ part }) => isTaken(ports[part])));
  return portPlans.filter((_, index) => taken[index]);
}

/** One line per taken port: what it is for, and how to move it. */
export function describeTakenPorts(taken: readonly PortPlan[], ports: Ports): string {
  const lines = taken.map(
    ({ part, purpose, variable }) =>
      `  ${`${ports[part]}`.padEnd(6)} ${purpose.padEnd(23)} another port: ${variable}=<port>`,
  );
  const example = taken.map(({ part, variable }) => `${variable}=${freeNeighbour(ports[part])}`);
  return [
    taken.length === 1 ? "This port is taken:" : "These ports are taken:",
    ...lines,
    "",
    "Stop what uses them, or choose others, for example:",
    `  ${example.join(" ")} npm start`,
  ].join("\n");
}

/** A guess that stays clear of the usual ports of everything here. */
const freeNeighbour = (port: number): number =>
  port + 10_000 > 65_535 ? port - 10_000 : port + 10_000;

async function isTaken(port: number): Promise<boolean> {
  const answers = await Promise.all(LOOPBACK.map((host) => cannotListen(host, port)));
  return answers.includes(true);
}

async function cannotListen(host: string, port: number): Promise<boolean> {
  const server = createServer().listen({ host, port, exclusive: true });
  try {
    await once(server, "listening");
  } catch (error) {
    // EADDRNOTAVAIL and EAFNOSUPPORT: a machine without IPv6.
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "EADDRINUSE" || code === "EACCES";
  }
  server.close();
  await once(server, "close");
  return false;
}
