import fc from "fast-check";
import { ulid } from "ulid";
import { describe, expect, test } from "vitest";
import {
  operationIdOf,
  operationIdSchema,
  ulidOfOperation,
  vmOfOperation,
} from "../../../src/lib/operations/operation-id.ts";
import { vmKey } from "../../fixtures/records.ts";

const ULID = "01KG9Q4T5V6W7X8Y9Z0ABCDEFG";

describe("an operation's id", () => {
  test("names its VM and its ULID, whatever the time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (time) => {
        const made = ulid(time);
        const id = operationIdOf(vmKey(), made);
        expect([vmOfOperation(id), ulidOfOperation(id)]).toEqual([vmKey(), made]);
      }),
    );
  });

  test.each([
    "",
    ULID,
    `${vmKey()}`,
    `${vmKey()}~`,
    `${vmKey()}~${ULID.toLowerCase()}`,
    `${vmKey()}~${ULID}0`,
    `${vmKey()}~${ULID.slice(1)}`,
    `${vmKey()}~${ULID.replace("K", "I")}`,
    `${vmKey()}${ULID}`,
    `shop~web-01~${ULID}`,
    `${vmKey().replace("web", "Web")}~${ULID}`,
    `${vmKey()}/x~${ULID}`,
  ])("is not %j", (text) => {
    expect(operationIdSchema.safeParse(text).success).toBe(false);
  });
});
