import type { HttpRequest } from "@azure/functions";
import { expect, test } from "vitest";
import { listFunctions } from "../../src/function-list.ts";
import { registerDeclared } from "../../src/register-declared.ts";
import { functionDeclarations } from "../../tools/function-declarations.ts";
import { invocation, request } from "../fakes/invocation.ts";
import { registrations } from "../fakes/registered-app.ts";

const PUBLIC = ["Health", "OpenApi", "Docs"];

test("a start registers every function as the app does, with nothing of it loaded", () => {
  const written = JSON.parse(JSON.stringify(functionDeclarations()));
  const declared = listFunctions((app) =>
    registerDeclared(app, written, () => Promise.reject(new Error("It was loaded."))),
  );
  const expected = [...registrations()].filter(([name]) => !PUBLIC.includes(name));
  expect(
    [...declared.values()].map(({ name, trigger, options }) => [name, { trigger, options }]),
  ).toEqual(
    expected.map(
      ([
        name,
        {
          trigger,
          options: { handler: _, ...options },
        },
      ]) => [name, { trigger, options: JSON.parse(JSON.stringify(options)) }],
    ),
  );
});

test("an invocation loads the functions of its trigger, and is handled by its own", async () => {
  const asked: string[] = [];
  const declarations = [
    { name: "One", trigger: "http", options: { route: "one" } },
    { name: "Gone", trigger: "http", options: { route: "gone" } },
  ] as const;
  const functions = listFunctions((app) =>
    registerDeclared(app, declarations, async (trigger) => {
      asked.push(trigger);
      return new Map([["One", { handler: (from: HttpRequest) => ({ body: from.url }) }]]);
    }),
  );
  const invoke = async (name: string) => {
    const handler: unknown = functions.get(name)?.handler;
    if (typeof handler !== "function") throw new Error(`${name} is not registered.`);
    return await handler(request("one"), invocation().context);
  };
  expect(await invoke("One")).toEqual({ body: request("one").url });
  expect(asked).toEqual(["http"]);
  await expect(invoke("Gone")).rejects.toThrow("The app has no function Gone.");
});
