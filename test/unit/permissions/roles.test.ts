import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { roleNames } from "../../../tools/permissions/arm-call.ts";
import { roleOf, roleText } from "../../../tools/permissions/roles.ts";

describe.each(roleNames)("the role %s", (role) => {
  test("is as the table of calls has it: `npm run docs` writes it", () => {
    const file = new URL(`../../../infra/bicep/roles/${role}.json`, import.meta.url);
    expect(readFileSync(file, "utf8")).toBe(roleText(role));
  });

  test("has whole actions, no wildcards", () => {
    const { actions } = roleOf(role);
    const wrong = actions.filter(
      (each) => !/^Microsoft(\.\w+)(\/\w+)+\/(read|write|delete|action)$/.test(each),
    );
    expect([actions.length > 0, wrong]).toEqual([true, []]);
  });
});

test("restore points are made without any way to their bytes", () => {
  const { actions } = roleOf("orchestrate");
  expect(actions.filter((each) => /access|retrieve|\/action$/i.test(each))).toEqual([]);
  expect(actions.filter((each) => /write|delete/.test(each) && !/restorePoint/.test(each))).toEqual(
    [],
  );
});
