import { expect, test } from "vitest";
import { readQuery } from "../../../src/lib/api/read-query.ts";
import { listVmsRoute } from "../../../src/lib/api/routes/vms.ts";

const read = (query: string) => readQuery(listVmsRoute, new URLSearchParams(query));

test("a query is read, and what it leaves out has its default", () => {
  expect(read("api-version=2026-11-01&policy=gold")).toEqual({ policy: "gold", top: 50 });
});

test.each(["wrong=1", "constructor=x", "toString=x", "__proto__=x", "top=5&constructor=x"])(
  "%s has a parameter that there is not",
  (query) => {
    expect(() => read(query)).toThrow(expect.objectContaining({ status: 400 }));
  },
);

test("everything that is wrong with it is told at once", () => {
  expect(() => read("top=0&top=1&wrong=1&state=Great")).toThrow(
    expect.objectContaining({
      details: ["top", "wrong", "state"].map((target) => expect.objectContaining({ target })),
    }),
  );
});
