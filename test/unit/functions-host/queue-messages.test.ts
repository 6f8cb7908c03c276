import { describe, expect, test } from "vitest";
import { decodeMessage, encodeMessage } from "../../../local/functions-host/queues/message-text.ts";
import { poisonQueueName } from "../../../local/functions-host/queues/poison-queue.ts";
import { toMessages } from "../../../local/functions-host/queues/to-messages.ts";
import { toRpcMessage } from "../../../local/functions-host/queues/to-rpc-message.ts";

const MESSAGE = {
  messageId: "id-1",
  popReceipt: "receipt",
  dequeueCount: 3,
  insertedOn: new Date("2026-01-01T00:00:00Z"),
  expiresOn: new Date("9999-12-31T23:59:59Z"),
  nextVisibleOn: new Date("2026-01-01T00:10:00Z"),
};

describe("a message on its way to a function", () => {
  test("carries its own properties as metadata", () => {
    expect(toRpcMessage(MESSAGE, Buffer.from("hello"), false)).toEqual({
      data: { string: "hello" },
      metadata: {
        QueueTrigger: { string: "hello" },
        DequeueCount: { json: "3" },
        ExpirationTime: { json: '"9999-12-31T23:59:59+00:00"' },
        Id: { string: "id-1" },
        InsertionTime: { json: '"2026-01-01T00:00:00+00:00"' },
        NextVisibleTime: { json: '"2026-01-01T00:10:00+00:00"' },
        PopReceipt: { string: "receipt" },
      },
    });
  });

  test("has fields of its own that replace metadata of the same name, in any case", () => {
    const body = Buffer.from(
      '{"id":"mine","dequeueCount":9,"vm":{"a":1},"tags":["x"],"none":null}',
    );
    const { metadata } = toRpcMessage(MESSAGE, body, false);
    expect(metadata).toMatchObject({
      Id: { string: "mine" },
      DequeueCount: { json: "9" },
      vm: { json: '{"a":1}' },
      none: { json: "null" },
    });
    expect(metadata).not.toHaveProperty("tags");
    expect(metadata).not.toHaveProperty("id");
  });

  test.each(["[1]", "12", "{broken", '"text"'])("%s adds no metadata", (text) => {
    expect(Object.keys(toRpcMessage(MESSAGE, Buffer.from(text), false).metadata)).toHaveLength(7);
  });

  test("arrives as bytes where the binding asks for binary data", () => {
    expect(toRpcMessage(MESSAGE, Buffer.from([0xff, 0]), true).data).toEqual({
      bytes: Buffer.from([0xff, 0]),
    });
  });
});

describe("an output value becomes messages", () => {
  test.each([
    [{ string: "one" }, ["one"]],
    [{ string: '["a",{"b":1}]' }, ["a", '{"b":1}']],
    [{ string: "[not json" }, ["[not json"]],
    [{ string: '{"a":1}' }, ['{"a":1}']],
    [{ json: '{"a":1}' }, ['{"a":1}']],
    [{ json: '["a","b"]' }, ["a", "b"]],
    [{ json: "[]" }, []],
    [{ json: "true" }, ["true"]],
    [{ int: 5 }, ["5"]],
    [{ double: 0.5 }, ["0.5"]],
    [{ bytes: Buffer.from("raw") }, ["raw"]],
  ])("%j", (data, messages) => {
    expect(toMessages(data)).toEqual(messages);
  });
});

describe("the text of a message", () => {
  test("is base64 of its UTF-8", () => {
    expect(encodeMessage("größe", "base64")).toBe("Z3LDtsOfZQ==");
    expect(decodeMessage("Z3LDtsOfZQ==", "base64")?.toString()).toBe("größe");
  });

  test.each(["plain text", "abc", '{"a":1}', "====", "ab=c"])("%s is not base64", (text) => {
    expect(decodeMessage(text, "base64")).toBeUndefined();
  });

  test("stays as it is without an encoding", () => {
    expect(encodeMessage("größe", "none")).toBe("größe");
    expect(decodeMessage("größe", "none")?.toString()).toBe("größe");
  });
});

test.each([
  ["orders", "orders-poison"],
  ["orders-poison", undefined],
  ["q".repeat(56), `${"q".repeat(56)}-poison`],
  ["q".repeat(57), undefined],
])("the poison queue of %s is %s", (name, poison) => {
  expect(poisonQueueName(name)).toBe(poison);
});
