import { describe, expect, test } from "vitest";
import { createValidateExchange } from "../../swagger/validate-exchange.ts";
import { documents, exchange, judgesOf } from "./given.ts";

const validate = createValidateExchange(documents, judgesOf);

const answer = (properties: object) => ({ body: { location: "here", properties } });

describe("takes", () => {
  test("what is as described, whatever the casing of the path", () => {
    const path = "/SUBSCRIPTIONS/s/Providers/test.things/BOXES/b";
    expect(validate(exchange(answer({ size: 3 }), { path }))).toEqual([]);
  });

  test("what another description is taken over from", () => {
    expect(validate(exchange({ body: { id: "/b", location: "here" } }))).toEqual([]);
  });

  test("new values of an enum that services may extend", () => {
    expect(validate(exchange(answer({ colour: "blue" })))).toEqual([]);
  });

  test("any name where names are free", () => {
    expect(validate(exchange(answer({ labels: { anything: "goes" } })))).toEqual([]);
  });

  test("a refusal with ARM's envelope, of any status and of a path that is not described", () => {
    const refused = { status: 404, body: { error: { code: "NotFound", message: "No box." } } };
    expect(validate(exchange(refused))).toEqual([]);
    expect(validate(exchange(refused, { path: "/nowhere" }))).toEqual([]);
  });

  test("Compute's 429, which has no envelope", () => {
    const body = { code: "OperationNotAllowed", message: "Too many.", details: [] };
    expect(validate(exchange({ status: 429, body }))).toEqual([]);
  });

  test("a number that a request has as a string, and a name in another casing", () => {
    const properties = { size: "3", Colour: "red" };
    const asked = { method: "PUT", body: { location: "here", properties } };
    const created = { status: 201, headers: { Location: "/operation" } };
    expect(validate(exchange(created, asked))).toEqual([]);
  });

  test("extras that were recorded", () => {
    const properties = { provisioningDetails: {}, internalData: {} };
    expect(validate(exchange(answer(properties)))).toEqual([]);
  });
});

describe("complains of", () => {
  test.each([
    ["an unknown property", { lid: true }, "The swagger does not have /properties/lid."],
    ["a wrong type", { size: "3" }, "/properties/size must be integer."],
    ["a wrong instant", { madeAt: "today" }, '/properties/madeAt must match format "date-time".'],
    ["a number out of range", { size: 2 ** 40 }, '/properties/size must match format "int32".'],
    [
      "a value that is not in a closed enum",
      { shape: "ball" },
      "/properties/shape must be equal to one of the allowed values.",
    ],
    ["a wrong free value", { labels: { a: 1 } }, "/properties/labels/a must be string."],
  ])("%s", (_, properties, complaint) => {
    expect(validate(exchange(answer(properties)))).toEqual([complaint]);
  });

  test.each([
    ["a missing property", { body: {} }, "The body must have required property 'location'."],
    ["a missing body", { body: undefined }, "The answer should have a body."],
    [
      "a status that is not described",
      { status: 204, body: undefined },
      "The swagger has no answer with status 204.",
    ],
    [
      "a refusal without an envelope",
      { status: 409, body: {} },
      "The answer is no error envelope.",
    ],
  ])("%s", (_, response, complaint) => {
    expect(validate(exchange(response))).toEqual([complaint]);
  });

  test("a body where none is described", () => {
    const complaints = validate(exchange({}, { method: "DELETE" }));
    expect(complaints).toEqual(["The answer should have no body."]);
  });

  test("an accepted request that cannot be followed", () => {
    const asked = { method: "PUT", body: { location: "here" } };
    const complaints = validate(exchange({ status: 201 }, asked));
    expect(complaints).toEqual(["The answer has neither Azure-AsyncOperation nor Location."]);
  });

  test("an answer that spells `properties` as a request may", () => {
    const body = { location: "here", property: {} };
    expect(validate(exchange({ body }))).toEqual(["The swagger does not have /property."]);
  });

  test("a request that should not have been accepted", () => {
    const created = { status: 201, headers: { location: "/operation" } };
    const asked = { method: "PUT", body: { location: "here", price: 1 } };
    expect(validate(exchange(created, asked))).toEqual([
      "Request: The swagger does not have /price.",
    ]);
    expect(validate(exchange(created, { method: "PUT" }))).toEqual([
      "The request should have a body.",
    ]);
  });

  test("a success of what is not described at all", () => {
    const complaints = validate(exchange({}, { path: "/nowhere" }));
    expect(complaints).toEqual(["The swagger has no such operation."]);
  });
});

describe("of an api-version", () => {
  const withLid = answer({ lid: true });

  test.each([
    ["2023-01-01", "what the description has that stands for it", false],
    ["2024-01-01", "its own description", false],
    ["2025-01-01", "what came until the next description", true],
    ["2026-01-01", "its own description", true],
  ])("%s takes %s", (version, _, isKnown) => {
    expect(validate(exchange(withLid, { version })).length === 0).toBe(isKnown);
  });

  test.each([
    ["2024-01-01", "The swagger does not have /properties/size2."],
    ["2023-01-01", "The swagger does not have /properties/size2. (Judged by 2024-01-01.)"],
    ["2025-01-01", "The swagger does not have /properties/size2. (Judged by 2024-01-01.)"],
  ])("%s, a complaint says by which other one it was judged", (version, complaint) => {
    expect(validate(exchange(answer({ size2: 1 }), { version }))).toEqual([complaint]);
  });

  test.each(["2022-01-01", "2024-06-01", "2027-01-01"])(
    "%s, that none stands for it",
    (version) => {
      expect(validate(exchange({}, { version }))).toEqual([`There is no swagger for ${version}.`]);
      const refused = { status: 400, body: { error: { code: "Unknown", message: "Which?" } } };
      expect(validate(exchange(refused, { version }))).toEqual([]);
      expect(validate(exchange({ ...refused, body: {} }, { version }))).toHaveLength(1);
    },
  );
});
