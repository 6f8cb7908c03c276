import { expect, test } from "vitest";
import { createRouter, type Route } from "../../../local/arm/http/router.ts";

const route = (method: string, template: string): Route => ({
  method,
  template,
  handler: () => ({ status: 200 }),
});

const VM = "/subscriptions/{subscription}/virtualMachines/{name}";
const router = createRouter([
  route("GET", VM),
  route("DELETE", VM),
  route("POST", `${VM}/start`),
  route("GET", "/providers/Microsoft.Compute"),
]);

test.each([
  ["the path as it is", "/subscriptions/1/virtualMachines/web", { subscription: "1", name: "web" }],
  ["another casing", "/SUBSCRIPTIONS/1/virtualmachines/WEB", { subscription: "1", name: "WEB" }],
  [
    "a slash at the end",
    "/subscriptions/1/virtualMachines/web/",
    { subscription: "1", name: "web" },
  ],
  ["an encoded name", "/subscriptions/1/virtualMachines/a%20b", { subscription: "1", name: "a b" }],
  [
    "a wrong encoding",
    "/subscriptions/1/virtualMachines/100%",
    { subscription: "1", name: "100%" },
  ],
])("a route is found by %s", (_, path, params) => {
  expect(router("GET", path)).toMatchObject({ route: { method: "GET", template: VM }, params });
});

test.each([
  ["another method", "PUT", "/subscriptions/1/virtualMachines/web"],
  ["a name that is missing", "GET", "/subscriptions/1/virtualMachines/"],
  ["a longer path", "GET", "/subscriptions/1/virtualMachines/web/more"],
  ["a longer beginning", "GET", "/x/subscriptions/1/virtualMachines/web"],
  ["a dot that is another character", "GET", "/providers/Microsoft-Compute"],
])("Azure's error answers %s", (_, method, path) => {
  expect(() => router(method, path)).toThrow(/does not support http method|could not be found/);
});

test("routes of one path differ by method, and an action is not a name", () => {
  expect(router("DELETE", "/subscriptions/1/virtualMachines/web").route.method).toBe("DELETE");
  expect(router("POST", "/subscriptions/1/virtualMachines/web/START").route.template).toBe(
    `${VM}/start`,
  );
});
