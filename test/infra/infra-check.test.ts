/** `npm run infra:check`, beside the CLIs that there may be. */
import { describe, expect, test } from "vitest";
import { type Answer, runBeside } from "./fake-cli.ts";

const check = (commands: Readonly<Record<string, readonly Answer[]>>) =>
  runBeside("tools/infra-check.ts", commands);

const WELL: readonly Answer[] = [];
const noBicep: Answer = { asked: /^bicep version/, exitCode: 1, stderr: "Bicep CLI not found." };

describe("where there is a Bicep CLI", () => {
  test.each([
    ["bicep", { bicep: WELL, az: WELL }, ["bicep build", "bicep lint"]],
    ["az", { az: WELL }, ["az bicep build --file", "az bicep lint --file"]],
  ])("%s builds and lints all there is", async (_, commands, asked) => {
    const { exitCode, stdout, calls } = await check(commands);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("events.bicep: well");
    for (const each of asked) {
      expect(calls).toContainEqual(expect.stringMatching(new RegExp(`^${each} .*events.bicep`)));
    }
  });

  test.each([
    [
      "does not build",
      { asked: /^build .*events/, exitCode: 1, stderr: "events.bicep(1,1) : Error BCP007: no" },
    ],
    [
      "builds with a warning",
      { asked: /^build .*events/, stderr: "events.bicep(1,1) : Warning no-unused-vars: no" },
    ],
    ["is not as the linter wants it", { asked: /^lint .*events/, exitCode: 1, stderr: "no" }],
  ])("what %s is told, and the exit code is 1", async (_, answer) => {
    const { exitCode, stdout, stderr } = await check({ bicep: [answer] });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`events.bicep:\n${answer.stderr}`);
    expect(stdout).not.toContain("events.bicep: well");
  });
});

describe("where there is none", () => {
  test.each([
    ["neither bicep nor az", {}],
    ["an az without bicep", { az: [noBicep] }],
  ])("with %s it says so, what was done instead, and ends with 3", async (_, commands) => {
    const { exitCode, stdout, stderr } = await check(commands);
    expect(stderr).toContain("There is no Bicep CLI");
    expect(stderr).toContain("not compiled and not linted");
    expect(stderr).toMatch(/^\d+ modules read by their grammar instead: 0 problems\.$/m);
    expect(stdout).toBe("");
    expect(exitCode).toBe(3);
  });
});
