import { describe, expect, test } from "vitest";
import { ALL, arm, body, IT, typed } from "./event-subscriptions-scene.ts";

describe("a malformed body is refused, and named", () => {
  const url = "https://example.com/hook";
  const filters = (...advancedFilters: object[]) => body(url, { filter: { advancedFilters } });
  const values = (count: number) => Array<string>(count).fill("x");
  const text = { operatorType: "StringIn", key: "subject" };

  test.each<[string, unknown, RegExp]>([
    ["nothing", undefined, /properties/],
    ["a list", [], /body/],
    ["no destination", { properties: {} }, /properties\.destination/],
    ["an unknown property", { ...body(url), colour: "red" }, /colour/],
    ["an unknown property below", body(url, { colour: "red" }), /properties: .*colour/],
    [
      "another destination",
      { properties: { destination: { endpointType: "EventHub", properties: {} } } },
      /properties\.destination\.endpointType/,
    ],
    ["no URL", body("hook?code=secret"), /properties\.destination\.properties\.endpointUrl/],
    ["http elsewhere", body("http://example.com/?code=secret"), /endpointUrl: must be https/],
    ["a user in the URL", body("https://u:p@example.com/"), /endpointUrl/],
    ["another schema", body(url, { eventDeliverySchema: "Custom" }), /eventDeliverySchema/],
    ["no attempts", body(url, { retryPolicy: { maxDeliveryAttempts: 0 } }), /maxDeliveryAttempts/],
    ["a long life", body(url, { retryPolicy: { eventTimeToLiveInMinutes: 1441 } }), /eventTimeTo/],
    ["labels", body(url, { labels: "one" }), /properties\.labels/],
    ["no time", body(url, { expirationTimeUtc: "soon" }), /properties\.expirationTimeUtc/],
    ["the past", body(url, { expirationTimeUtc: "2020-01-01T00:00:00Z" }), /expirationTimeUtc/],
    ["an event type", body(url, typed("Microsoft.Storage.BlobCreated")), /includedEventTypes\.0/],
    ["a subject", body(url, { filter: { subjectBeginsWith: 1 } }), /subjectBeginsWith/],
    ["an operator", filters({ ...text, operatorType: "Like", values: ["x"] }), /operatorType/],
    ["no values", filters({ ...text, values: [] }), /advancedFilters\.0\.values/],
    ["values of another type", filters({ ...text, values: [1] }), /values\.0/],
    ["value for values", filters({ ...text, value: "x" }), /values/],
    ["no key", filters({ operatorType: "IsNotNull" }), /advancedFilters\.0\.key/],
    ["a long value", filters({ ...text, values: ["x".repeat(513)] }), /values\.0/],
    ["26 filters", filters(...Array(26).fill({ operatorType: "IsNotNull", key: "x" })), /dFilters/],
    ["26 values", filters({ ...text, values: values(20) }, { ...text, values: values(6) }), /25/],
    [
      "a range of one end",
      filters({ operatorType: "NumberInRange", key: "x", values: [[1]] }),
      /values\.0/,
    ],
    [
      "a dead-letter account",
      body(url, {
        deadLetterDestination: {
          endpointType: "StorageBlob",
          properties: { resourceId: "letters", blobContainerName: "letters" },
        },
      }),
      /deadLetterDestination\.properties\.resourceId/,
    ],
  ])("%s", async (_case, malformed, message) => {
    const { ask, kept } = arm();
    const answer = await ask("PUT", IT, malformed);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: "InvalidParameter", message: expect.stringMatching(message) } },
    });
    expect(JSON.stringify(answer.body)).not.toContain("secret");
    expect(kept.size).toBe(0);
  });

  test.each(["ab", "a".repeat(65), "a_b"])("the name %s", async (name) => {
    const answer = await arm().ask("PUT", `${ALL}/${name}`, body(url));
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/^eventSubscriptionName/) } },
    });
  });
});
