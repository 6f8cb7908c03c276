import { expect, test } from "vitest";
import { refusalOf, unavailable } from "../../../src/lib/api/restore-errors.ts";
import { partnerCaller } from "../../fixtures/partners.ts";

const error = { code: "TooManyRequests", message: "The identity app-1 asks too often." };
const taken = { code: "NameTaken", message: "There is one already.", target: "name" };
const soon = { code: "SnapshotPending", message: "Wait.", target: "point", retryAfterMs: 60_000 };
const late = { ...soon, code: "CopyIncomplete", target: "region", retryAfterMs: 600_500 };

const operator = { id: "alice", kind: "person", roles: ["Operator"] } as const;

test("a refusal names what the first reason is about, and how many there are", () => {
  const one = refusalOf({ kind: "refused", problems: [taken] }, operator);
  expect(one).toMatchObject({ status: 409, target: "name", details: [taken], headers: {} });
  expect(one.message).toContain("one reason ");
  const several = refusalOf({ kind: "refused", problems: [soon, taken] }, operator);
  expect(several).toMatchObject({ target: "point" });
  expect(several.message).toContain("2 reasons ");
});

test("a refusal that passes by itself says when the last reason will have passed", () => {
  const { headers, details } = refusalOf(
    { kind: "refused", problems: [soon, late, taken] },
    operator,
  );
  expect(headers).toEqual({ "Retry-After": "601" });
  expect(details?.map(Object.keys)).toEqual(Array(3).fill(["code", "message", "target"]));
});

test.each([
  [{ kind: "throttled", retryAfterMs: 6500, subscriptionWide: true, error } as const, "7"],
  [{ kind: "unsettled", error } as const, "5"],
])(
  "while Azure does not answer it is told when to ask again, without Azure's words: %o",
  (failure, seconds) => {
    const answer = unavailable(failure);
    expect(answer).toMatchObject({ status: 503, headers: { "Retry-After": seconds } });
    expect(answer.message).not.toContain("app-1");
  },
);

test("what our identity lacks, and where, is told to operators, not to partners", () => {
  const lacking = { code: "PermissionMissing", message: "disks/write in hub-rg", target: "kind" };
  const refusal = { kind: "refused", problems: [lacking] } as const;
  expect(JSON.stringify(refusalOf(refusal, operator).details)).toContain("hub-rg");
  const told = refusalOf(refusal, partnerCaller()).details;
  expect(told).toMatchObject([{ code: "PermissionMissing", target: "kind" }]);
  expect(JSON.stringify(told)).not.toContain("hub-rg");
});
