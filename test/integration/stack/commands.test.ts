import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { freePort } from "../../../local/loopback/free-port.ts";
import { portPlans } from "../../../local/stack/ports.ts";
import { isAlive } from "./is-alive.ts";

let env: NodeJS.ProcessEnv;
let folder: string;
let stack: ChildProcess;
let screen = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "commands-"));
  const ports = await Promise.all(portPlans.map(freePort));
  const variables = portPlans.map(({ variable }, index) => [variable, `${ports[index]}`]);
  env = { ...process.env, ...Object.fromEntries(variables), LOCAL_FOLDER: folder };
  stack = start("start");
  stack.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    screen += chunk;
  });
  await vi.waitUntil(() => screen.includes("What happens appears below."), { timeout: 60_000 });
});

afterAll(async () => {
  stack.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

const start = (command: string, ...args: string[]) =>
  spawn(process.execPath, [`local/${command}.ts`, ...args], { env, stdio: "pipe" });

async function run(command: string, ...args: string[]) {
  const child = start(command, ...args);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { out, err, code };
}

describe("while a stack runs", () => {
  test("its first screen has the addresses, and no secret", async () => {
    expect(screen).toContain(`http://127.0.0.1:${env["FUNCTIONS_PORT"]}/api`);
    expect(screen).toContain(`https://localhost:${env["ARM_PORT"]}`);
    const file = await readFile(join(folder, "stack.json"), "utf8");
    expect(file + screen).not.toMatch(/secret|AccountKey|eyJ|IDENTITY_HEADER/i);
  });

  test("token prints a token of a caller and nothing else", async () => {
    const { out, code } = await run("token", "reader");
    expect(decodeJwt(out.trim())).toMatchObject({ roles: ["Reader"] });
    const { out: arm } = await run("token", "operator", "--arm");
    expect(decodeJwt(arm.trim())).toMatchObject({ aud: "https://management.azure.com" });
    expect(code).toBe(0);
  });

  test("tag sets and removes the tag, and the first terminal shows it", async () => {
    expect(await run("tag", "web-01", "none")).toEqual({
      out: "Tagged web-01: restore-points=none.\n",
      err: "",
      code: 0,
    });
    await vi.waitUntil(() => /web-01 +OptedOut by tag "none"/.test(screen), { timeout: 20_000 });
    expect((await run("tag", "web-01", "--remove")).out).toBe(
      "Removed the tag restore-points from web-01.\n",
    );
  });

  test.each([
    [["tag", "nope", "hourly"], 'There is no VM "nope".'],
    [["tag", "web-01"], "Give either a value or --remove."],
    [["tag", "web-01", "hourly", "--remove"], "Give either a value or --remove."],
    [["tag", "--wrong"], "Unknown option '--wrong'"],
    [["token", "bob"], 'There is no caller "bob".'],
    [["token"], "Name one caller."],
  ])("%j is refused with a reason and the usage", async ([command = "", ...args], reason) => {
    const { out, err, code } = await run(command, ...args);
    expect({ out, code }).toEqual({ out: "", code: 1 });
    expect(err).toContain(reason);
    expect(err).toContain("Usage: npm run");
  });

  test("a second one says that the first runs, and where", async () => {
    const { err, code } = await run("start");
    expect(err).toContain(`A stack is already running here (process ${stack.pid})`);
    expect(err).toContain(`http://127.0.0.1:${env["FUNCTIONS_PORT"]}/api`);
    expect(code).toBe(1);
  });

  test("one from another folder names every taken port and its variable", async () => {
    const elsewhere = spawn(process.execPath, ["local/start.ts"], {
      env: { ...env, LOCAL_FOLDER: join(folder, "elsewhere") },
    });
    const err = await text(elsewhere.stderr);
    for (const { variable } of portPlans) expect(err).toContain(`${variable}=<port>`);
  });
});

test("SIGTERM ends all of it quickly, and then the commands say what to do", async () => {
  const file: unknown = JSON.parse(await readFile(join(folder, "stack.json"), "utf8"));
  const { childPids } = file as { childPids: number[] };
  expect(childPids.every(isAlive)).toBe(true);
  const exited = once(stack, "exit");
  stack.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
  expect(childPids.filter(isAlive)).toEqual([]);
  expect(existsSync(join(folder, "stack.json"))).toBe(false);
  expect((await run("token", "reader")).err).toBe(
    "No stack is running. Start it in another terminal: npm start\n",
  );
});
