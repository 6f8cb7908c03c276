import { describe, expect, test } from "vitest";
import { indexFunctions } from "../../../local/functions-host/app/index-functions.ts";
import type { Binding } from "../../../local/functions-host/app/rpc.ts";
import { createSettings } from "../../../local/functions-host/settings/settings.ts";

const registered = (name: string, bindings: Record<string, Binding>) => ({
  metadata: { name, bindings },
  callback: () => undefined,
});
const timer: Binding = { type: "timerTrigger", direction: "in", schedule: "%WHEN%" };
const settings = createSettings({ WHEN: "0 * * * * *", Plan: "plan-vm" });
const index = (bindings: Record<string, Binding>) =>
  indexFunctions([registered("F", bindings)], settings, []);

test("functions are ordered by name, whatever its case", () => {
  const all = ["b", "C", "a"].map((name) => registered(name, { timer }));
  expect(indexFunctions(all, settings, []).map(({ name }) => name)).toEqual(["a", "b", "C"]);
});

test("disabled functions, and those host.json does not list, are left out", () => {
  const all = ["A", "B", "C"].map((name) => registered(name, { timer }));
  const disabled = createSettings({ WHEN: "00:01:00", AzureWebJobs_A_Disabled: "true" });
  expect(indexFunctions(all, disabled, ["a", "b"]).map(({ name }) => name)).toEqual(["B"]);
});

test("settings are put in place of tokens", () => {
  const [fn] = index({
    timer,
    $return: { type: "queue", direction: "out", queueName: "%plan%", connection: "X" },
  });
  expect(fn?.trigger).toMatchObject({ kind: "timer", schedule: "0 * * * * *" });
  expect(fn?.outputs).toEqual([{ name: "$return", queueName: "plan-vm", connection: "X" }]);
});

describe("what this host cannot serve is refused", () => {
  test.each<[string, Record<string, Binding>]>([
    ["no trigger", {}],
    ["an unknown trigger", { x: { type: "blobTrigger", direction: "in" } }],
    ["an input binding", { timer, x: { type: "blob", direction: "in" } }],
    ["an unknown output", { timer, x: { type: "table", direction: "out" } }],
    ["a binding expression", { timer, x: { type: "queue", direction: "out", queueName: "{a}" } }],
    ["an unknown setting", { t: { ...timer, schedule: "%NONE%" } }],
  ])("%s", (_, bindings) => {
    expect(() => index(bindings)).toThrow("Functions.F");
  });
});
