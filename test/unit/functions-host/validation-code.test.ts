import { expect, test } from "vitest";
import { validationCode } from "../../../local/functions-host/event-grid/validation-code.ts";

test("a classic validation event has its code in an array", () => {
  expect(validationCode([{ id: "1", data: { validationCode: "abc" } }])).toBe("abc");
});

test("a CloudEvent has its code in a text that holds JSON", () => {
  expect(validationCode({ id: "1", data: '{"validationCode":"abc"}' })).toBe("abc");
});
