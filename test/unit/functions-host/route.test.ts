import { describe, expect, test } from "vitest";
import { compileRoute } from "../../../local/functions-host/http/route.ts";

describe("a route matches as in ASP.NET", () => {
  test.each([
    ["api/vms", "api/vms", {}],
    ["api/vms", "API/VMS", {}],
    ["api/vms", "api/vms/", {}],
    ["api/vms", "api/vms/1", undefined],
    ["vms/{id}", "vms/Web 01", { id: "Web 01" }],
    ["vms/{id}", "vms", undefined],
    ["vms/{id?}", "vms", {}],
    ["vms/{id?}", "vms/7", { id: "7" }],
    ["vms/{id=first}", "vms", { id: "first" }],
    ["vms/{vmId}/points/{Point}", "vms/a~b/points/p", { vmId: "a~b", Point: "p" }],
    ["files/{*rest}", "files/a/b/c", { rest: "a/b/c" }],
    ["files/{*rest}", "files", {}],
    ["{*rest}", "", {}],
    ["{*rest}", "x/y", { rest: "x/y" }],
    ["files/{name}.{ext?}", "files/report.final.txt", { name: "report.final", ext: "txt" }],
    ["files/{name}.{ext?}", "files/report", { name: "report" }],
    ["v{version}/vms", "v2/vms", { version: "2" }],
    ["a.b/{id}", "axb/1", undefined],
  ])("%s on %s", (template, path, params) => {
    expect(compileRoute(template)(path)).toEqual(params);
  });
});

describe("a constraint decides whether a value matches", () => {
  test.each([
    ["int", "-12", true],
    ["int", "1.5", false],
    ["int", "4294967296", false],
    ["int:min(1)", "0", false],
    ["int:min(1)", "1", true],
    ["long", "4294967296", true],
    ["bool", "True", true],
    ["alpha", "abc", true],
    ["alpha", "ab1", false],
    ["guid", "6F9619FF-8B86-D011-B42D-00CF4FC964FF", true],
    ["guid", "6f9619ff", false],
    ["length(1,5)", "123456", false],
    ["length(3)", "abc", true],
    ["range(1,9)", "9", true],
    ["regex(^a{{2}}:b?$)", "AA:", true],
    ["regex(^a{{2}}:b?$)", "a:", false],
    ["datetime", "2026-01-31", true],
  ])("%s takes %s: %s", (constraint, value, isTaken) => {
    const params = compileRoute(`x/{value:${constraint}}`)(`x/${value}`);
    expect(params !== undefined).toBe(isTaken);
  });

  test("an optional parameter keeps its constraint", () => {
    const match = compileRoute("x/{id:int?}");
    expect(match("x")).toEqual({});
    expect(match("x/a")).toBeUndefined();
  });

  test.each(["x/{id:prime}", "x/{id", "x/{}", "x/id}"])("%s never starts", (template) => {
    expect(() => compileRoute(template)).toThrow();
  });
});
