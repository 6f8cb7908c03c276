/** The OpenAPI document in itself: whether tools can read it, and whether it leaves nothing unsaid. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { allRoutes } from "../../../tools/all-routes.ts";
import { examples } from "../../../tools/openapi/examples.ts";
import { tags } from "../../../tools/openapi/tags.ts";
import { openApiDocument } from "../../../tools/openapi-document.ts";
import { validatorOf } from "../../described/document.ts";
import { registrations } from "../../fakes/registered-app.ts";
import { unlimited } from "./unlimited.ts";

const document = openApiDocument();
const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path));

/** Registered, public, and about nothing that the API holds. */
const PUBLIC = ["Health", "OpenApi", "Docs", "Preflight"];

describe("the OpenAPI document", () => {
  test("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    expect(await validator.validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  test("has the routes that the app registers, and no others", () => {
    const registered = [...registrations()]
      .filter(([name, { trigger }]) => trigger === "http" && !PUBLIC.includes(name))
      .map(([name, { options }]) => [name, `/${options["route"]}`, options["methods"]]);
    const described = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [
        ...[operationId, path, [method.toUpperCase()]],
      ]),
    );
    expect(described.sort()).toEqual(registered.sort());
    expect(allRoutes).toHaveLength(registered.length);
  });

  test("says what is below each heading, and has nothing below no heading", () => {
    const used = new Set(operations.flatMap((operation) => operation.tags ?? []));
    expect([...used].sort()).toEqual(tags.map(({ name }) => name).sort());
  });

  test("says what each operation, parameter and answer is", () => {
    const unsaid = operations.flatMap(({ operationId, summary, parameters = [], responses = {} }) =>
      [
        { at: "summary", description: summary },
        ...parameters.map(({ name, description }: Named) => ({ at: name, description })),
        ...Object.entries<Named>(responses)
          .filter(([, answer]) => !("$ref" in answer))
          .map(([status, { description }]) => ({ at: status, description })),
      ]
        .filter(({ description }) => !description)
        .map(({ at }) => `${operationId} ${at}`),
    );
    expect(unsaid).toEqual([]);
  });

  test("says how long everything that a request holds can be", () => {
    expect(unlimited(document)).toEqual([]);
  });

  test("lets nobody think that a request goes without a token", () => {
    expect(document.security).toEqual([{ entraId: [] }]);
    expect(operations.filter((operation) => "security" in operation)).toEqual([]);
  });
});

interface Named {
  readonly name?: string;
  readonly description?: string;
}

test.each(Object.entries(examples))("the example of %s is one", (name, example) => {
  expect(document.components?.schemas?.[name]).toMatchObject({ examples: [example] });
  const validate = validatorOf(["components", "schemas", name]);
  validate(example);
  expect(validate.errors ?? []).toEqual([]);
});
