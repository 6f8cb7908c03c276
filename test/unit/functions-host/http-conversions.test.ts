import { describe, expect, test } from "vitest";
import { type FunctionKeys, isAuthorized } from "../../../local/functions-host/http/authorize.ts";
import { setCookie } from "../../../local/functions-host/http/set-cookie.ts";
import { toRpcRequest } from "../../../local/functions-host/http/to-rpc-request.ts";

describe("a request on its way to a function", () => {
  const incoming = {
    method: "POST",
    url: new URL("http://localhost:7071/api/vms/1?a=1&a=2&b="),
    headers: { "content-length": "2", "x-test": "yes" },
    body: Buffer.from("{}"),
    key: undefined,
  };

  test("carries headers, query and route parameters", () => {
    expect(toRpcRequest(incoming, { id: "1" }).data).toEqual({
      http: {
        url: "http://localhost:7071/api/vms/1?a=1&a=2&b=",
        method: "POST",
        nullableHeaders: { "content-length": { value: "2" }, "x-test": { value: "yes" } },
        nullableQuery: { a: { value: "1,2" }, b: { value: "" } },
        nullableParams: { id: { value: "1" } },
        identities: [],
        body: { bytes: Buffer.from("{}") },
      },
    });
  });

  test("has no body when it is sent in chunks", () => {
    const chunked = { ...incoming, headers: { "transfer-encoding": "chunked" } };
    expect(toRpcRequest(chunked, {}).data.http).not.toHaveProperty("body");
  });
});

test.each([
  [{ name: "a", value: "b c" }, "a=b%20c; path=/"],
  [
    {
      name: "s",
      value: "1",
      path: { value: "/api" },
      domain: { value: "localhost" },
      maxAge: { value: 60 },
      expires: { value: { seconds: 0 } },
      secure: { value: true },
      httpOnly: { value: true },
      sameSite: "explicitNone" as const,
    },
    "s=1; expires=Thu, 01 Jan 1970 00:00:00 GMT; max-age=60; domain=localhost; path=/api; secure; samesite=none; httponly",
  ],
  [{ name: "n", value: "", sameSite: "none" as const }, "n=; path=/"],
])("the cookie %j is written as ASP.NET does", (cookie, header) => {
  expect(setCookie(cookie)).toBe(header);
});

describe("keys open what they are for", () => {
  const keys: FunctionKeys = {
    master: "m",
    host: { default: "h" },
    system: { eventgrid_extension: "e" },
    functions: { GetVm: { default: "f" } },
  };
  const fn = (level: "anonymous" | "function" | "admin") => ({ level, functionName: "GetVm" });
  const webhook = { level: "system", keyName: "eventgrid_extension" } as const;

  test.each([
    [fn("anonymous"), undefined, true],
    [fn("anonymous"), "wrong", true],
    [fn("function"), undefined, false],
    [fn("function"), "f", true],
    [fn("function"), "h", true],
    [fn("function"), "m", true],
    [fn("function"), "e", false],
    [{ level: "function", functionName: "Other" } as const, "f", false],
    [fn("admin"), "f", false],
    [fn("admin"), "h", false],
    [fn("admin"), "m", true],
    [webhook, "e", true],
    [webhook, "m", true],
    [webhook, "h", false],
  ])("%j with %s: %s", (lock, key, isOpen) => {
    expect(isAuthorized(keys, lock, key)).toBe(isOpen);
  });

  test("without keys everything is open", () => {
    expect(isAuthorized(undefined, fn("admin"), undefined)).toBe(true);
  });
});
