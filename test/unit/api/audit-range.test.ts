import { expect, test } from "vitest";
import { ApiError } from "../../../src/lib/api/api-error.ts";
import { auditRange } from "../../../src/lib/api/audit-range.ts";
import { readQuery } from "../../../src/lib/api/read-query.ts";
import { listAuditRoute } from "../../../src/lib/api/routes/reports.ts";
import { vmKey } from "../../fixtures/records.ts";

/** The parameters that the error names. */
function refused(query: string): string[] {
  try {
    auditRange(readQuery(listAuditRoute, new URLSearchParams(query)));
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    expect(error).toMatchObject({ status: 400, code: "InvalidParameter" });
    return error.details?.map(({ target }) => target ?? "") ?? [error.target ?? ""];
  }
}

const from = "from=2026-01-01T00:00:00Z";

test.each([
  ["", ["from", "to"]],
  [from, ["to"]],
  ["to=2026-01-01T00:00:00Z", ["from"]],
  [`${from}&to=2026-02-01T00:00:00.001Z`, ["to"]],
  [`${from}&to=2026-02-01T00:00:00Z`, []],
  [`${from}&to=2026-01-01T00:00:00Z`, ["from"]],
  [`holder=a&${from}&to=2025-01-01T00:00:00Z`, ["from"]],
  [`holder=a&${from}&to=2030-01-01T00:00:00Z`, []],
  ["from=2026-01-01&to=yesterday", ["from", "to"]],
  ["from=&to=", ["from", "to"]],
  ["from=2026-02-30T00:00:00Z&to=2026-03-01T00:00:00Z", ["from"]],
  ["holder=", ["holder"]],
  ["holder=a~b", ["holder"]],
  [`holder=a&vm=${vmKey()}&disk=d&region=westeurope`, ["vm", "disk", "region"]],
  [`holder=a&vm=${vmKey()}`, ["vm"]],
  [`vm=${vmKey()}`, ["disk"]],
  ["disk=d", ["vm"]],
  ["region=westeurope", ["vm", "disk"]],
  ["vm=web-01&disk=a~b&region=west europe", ["vm", "region", "disk"]],
  [`vm=${vmKey()}&disk=`, ["disk"]],
  [`vm=${vmKey()}&disk=d`, []],
])("a question for %j is refused for %j", (query, parameters) => {
  expect(refused(query)).toEqual(parameters);
});
