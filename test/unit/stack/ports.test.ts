import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { portPlans, readPorts } from "../../../local/stack/ports.ts";
import { describeTakenPorts, takenPorts } from "../../../local/stack/taken-ports.ts";

test("the usual ports are those of the documentation", () => {
  expect(readPorts({})).toEqual({
    functions: 7071,
    arm: 7443,
    disks: 7446,
    control: 7447,
    identity: 7444,
    managedIdentity: 7445,
    notifications: 7448,
    blob: 10_000,
    queue: 10_001,
    table: 10_002,
  });
});

test.each(portPlans)("$variable moves the port for $purpose", ({ part, variable, usual }) => {
  expect(readPorts({ [variable]: "12345" })[part]).toBe(12_345);
  expect(readPorts({ [variable]: "" })[part]).toBe(usual);
});

test.each(["0", "65536", "-1", "80a", "1.5"])("%s is refused as a port", (text) => {
  expect(() => readPorts({ ARM_PORT: text })).toThrow("Not a port from 1 to 65535: ARM_PORT.");
});

test("every wrong variable is named at once", () => {
  expect(() => readPorts({ ARM_PORT: "x", BLOB_PORT: "y" })).toThrow("ARM_PORT, BLOB_PORT");
});

test("one port for two parts is refused", () => {
  expect(() => readPorts({ ARM_PORT: "7071" })).toThrow("FUNCTIONS_PORT=7071, ARM_PORT=7071");
});

test.each(["127.0.0.1", "::1"])("a port that somebody has on %s is found", async (host) => {
  const server = createServer().listen(0, host);
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const ports = { ...(await freePorts()), arm: port };
  const taken = await takenPorts(ports);
  expect(taken.map(({ part }) => part)).toEqual(["arm"]);
});

test("the message says for each taken port what it is for and how to move it", () => {
  const taken = portPlans.filter(({ part }) => part === "functions" || part === "table");
  expect(describeTakenPorts(taken, readPorts({}))).toBe(`These ports are taken:
  7071   functions host          another port: FUNCTIONS_PORT=<port>
  10002  Azurite tables          another port: TABLE_PORT=<port>

Stop what uses them, or choose others, for example:
  FUNCTIONS_PORT=17071 TABLE_PORT=20002 npm start`);
});

/** Ports that were free a moment ago, held together so that all differ. */
async function freePorts() {
  const servers = portPlans.map(() => createServer().listen(0, "127.0.0.1"));
  const free = servers.map(async (server) => {
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" ? (address?.port ?? 0) : 0;
  });
  const numbers = await Promise.all(free);
  for (const server of servers) {
    server.close();
    await once(server, "close");
  }
  const variables = portPlans.map(({ variable }, index) => [variable, `${numbers[index]}`]);
  return readPorts(Object.fromEntries(variables));
}
