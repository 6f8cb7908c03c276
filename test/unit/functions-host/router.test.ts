import { expect, test } from "vitest";
import { createRouter } from "../../../local/functions-host/http/router.ts";
import { httpFunction } from "./hosted-functions.ts";

test("the first match in the order of names answers, however general its route", () => {
  const find = createRouter(
    [httpFunction("All", { route: "{*rest}" }), httpFunction("GetVm", { route: "vms/{id}" })],
    "api",
  );
  expect(find("GET", "/api/vms/1")?.fn.name).toBe("All");
});

test("two functions may share a route with different methods", () => {
  const find = createRouter(
    [
      httpFunction("Get", { route: "vms", methods: ["get"] }),
      httpFunction("Create", { route: "vms", methods: ["POST"] }),
    ],
    "api",
  );
  expect(find("POST", "/api/vms")?.fn.name).toBe("Create");
  expect(find("GET", "/api/vms")?.fn.name).toBe("Get");
  expect(find("DELETE", "/api/vms")).toBeUndefined();
  expect(find("HEAD", "/api/vms")).toBeUndefined();
});

test("a function without a route answers under its name", () => {
  expect(createRouter([httpFunction("Health")], "api")("GET", "/api/health")).toBeDefined();
});

test("an empty prefix leaves the route alone", () => {
  const find = createRouter([httpFunction("Health", { route: "health" })], "");
  expect(find("GET", "/health")).toBeDefined();
});

test.each([
  ["/api/x/a%20b", "a b"],
  ["/api/x/a%2Fb", "a%2Fb"],
  ["/api/x/a%zz", "a%zz"],
  ["/api/x/%C3%BC", "ü"],
])("%s gives the parameter %s", (path, id) => {
  const find = createRouter([httpFunction("X", { route: "x/{id}" })], "api");
  expect(find("GET", path)?.params).toEqual({ id });
});

test.each(["admin", "Administrators", "runtime/x", "/admin"])(
  "the route %s is refused",
  (route) => {
    expect(() => createRouter([httpFunction("X", { route })], "api")).toThrow("reserved");
  },
);
