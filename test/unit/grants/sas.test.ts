import { format, inspect } from "node:util";
import { expect, test } from "vitest";
import { Sas } from "../../../src/lib/grants/sas.ts";

const URL_OF_DISK = "https://disk.test/token/abcd?sv=2018-03-28&sr=b&sig=secret&sp=r";
const sas = new Sas(URL_OF_DISK);

test("a SAS gives its URL to whoever asks for it by name", () => {
  expect(sas.reveal()).toBe(URL_OF_DISK);
});

test.each<[string, (value: Sas) => string]>([
  ["in a string", (value) => `${value}`],
  ["joined to one", (value) => `to ${String(value)}`],
  ["as JSON", (value) => JSON.stringify({ value })],
  ["inspected", (value) => inspect(value)],
  ["inspected within", (value) => inspect({ deep: [value] }, { showHidden: true, depth: 9 })],
  ["inspected without its own word on it", (value) => inspect(value, { customInspect: false })],
  ["formatted", (value) => format("%s %o %O %j", value, value, value, value)],
  ["in an error", (value) => inspect(new Error(`no: ${value}`, { cause: value }))],
  ["by its keys", (value) => JSON.stringify([Object.entries(value), { ...value }])],
])("and shows nothing of it %s", (_how, show) => {
  expect(show(sas)).not.toMatch(/disk\.test|token|sig|secret/);
});

test("shows that it is one", () => {
  expect([`${sas}`, JSON.stringify(sas), inspect(sas)]).toEqual(["[SAS]", '"[SAS]"', "[SAS]"]);
});
