import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { runArm, startEmulator } from "./arm-alone-scene.ts";
import { waitFor } from "./wait-for.ts";

const GROUPS = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups";
const VERSION = "?api-version=2021-04-01";

describe("npm run arm", () => {
  test("prints one line of JSON, with a token that works, and ends at Ctrl-C", async () => {
    const emulator = await startEmulator("--port", "0");
    const { addresses } = emulator;
    expect(Object.keys(addresses).sort()).toEqual([
      "arm",
      "certificateAuthority",
      "control",
      "disks",
      "issuer",
      "storage",
      "token",
      "tokenEndpoint",
      "tokenExpiresAt",
    ]);
    expect(Date.parse(addresses.tokenExpiresAt)).toBeGreaterThan(Date.now());
    expect(await emulator.ask("GET", `${GROUPS}${VERSION}`)).toMatchObject({
      status: 200,
      body: { value: [] },
    });
    expect((await fetch(`${addresses.control}/usage`)).status).toBe(200);
    const { code, out, err } = await emulator.end("SIGINT");
    expect({ code, lines: out.trimEnd().split("\n").length, err }).toEqual({
      code: 0,
      lines: 1,
      err: "",
    });
    await expect(readFile(addresses.certificateAuthority)).rejects.toThrow("ENOENT");
  });

  test("when it is killed, nothing of it goes on", async () => {
    const emulator = await startEmulator("--port", "0");
    const children = childrenOf(emulator.process.pid ?? 0);
    expect(children).toHaveLength(1);
    await emulator.end("SIGKILL");
    await waitFor("the end of its storage", async () =>
      children.every((pid) => !isAlive(pid)) ? true : undefined,
    );
  });

  test.each([
    [["--prot", "1"], "--prot"],
    [["--port", "high"], "--port"],
    [["--port", "70000"], "--port"],
    [["--data"], "--data"],
    [["--data", ""], "--data"],
    [["--data", "/dev/null/x"], "--data"],
    [["web-01"], "web-01"],
  ])("%j: says what is wrong, and starts nothing", async (options, named) => {
    const { code, out, err } = await runArm(...options);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(named);
  });

  test("tells of its options", async () => {
    const { code, out } = await runArm("--help");
    expect(code).toBe(0);
    for (const option of ["--port", "--data", "--json"]) expect(out).toContain(option);
  });

  test("says so when its port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = address && typeof address === "object" ? `${address.port}` : "";
    const { code, err } = await runArm("--port", port, "--json");
    server.close();
    expect(code).toBe(1);
    expect(err).toContain(port);
  });
});

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
