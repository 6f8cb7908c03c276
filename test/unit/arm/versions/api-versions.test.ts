import { describe, expect, test } from "vitest";
import {
  demandApiVersion,
  type ProviderName,
} from "../../../../local/arm/versions/api-versions.ts";
import { refusalOf } from "./refusal.ts";

const refused = (
  apiVersion: string | undefined,
  provider: ProviderName = "compute",
  more: { location?: string; since?: string } = {},
) => refusalOf(() => demandApiVersion({ apiVersion, provider, type: "virtualMachines", ...more }));

describe("an api-version that Azure has published", () => {
  test.each<[string, ProviderName]>([
    ["2021-03-01", "compute"],
    ["2024-03-01", "compute"],
    ["2025-04-01", "compute"],
    ["2026-04-01", "compute"],
    ["2020-12-01", "disks"],
    ["2023-10-02", "disks"],
    ["2026-03-02", "disks"],
    ["2026-04-01", "computeOperations"],
    ["2026-03-02", "computeOperations"],
    ["2021-04-01", "resources"],
    ["2025-04-01", "resources"],
    ["2020-08-01", "network"],
    ["2024-05-01", "network"],
    ["2022-06-15", "eventGrid"],
    ["2025-02-15", "eventGrid"],
    ["2025-04-01-PREVIEW", "eventGrid"],
    ["2021-07-01", "features"],
  ])("%s is accepted by %s", (apiVersion, provider) => {
    expect(refused(apiVersion, provider)).toBeUndefined();
  });

  test("but is older than the request gets Compute's own refusal", () => {
    expect(refused("2020-06-01", "compute", { since: "2021-03-01" })).toEqual({
      status: 400,
      code: "BadRequest",
      message: "This request can be made with api-version '2021-03-01' or newer",
    });
    expect(refused("2021-03-01", "compute", { since: "2021-03-01" })).toBeUndefined();
  });
});

describe("an api-version that Azure has not published", () => {
  test.each<[string, ProviderName]>([
    ["2024-03-02", "compute"],
    ["2021-05-01", "compute"],
    ["2030-01-01", "compute"],
    ["2024-03-01-preview", "compute"],
    ["2026-04-01", "disks"],
    ["2024-02-29", "network"],
  ])("%s is unknown to %s, which names those it knows", (apiVersion, provider) => {
    const refusal = refused(apiVersion, provider, { location: "westeurope", since: "2021-03-01" });
    expect(refusal).toMatchObject({ status: 400, code: "NoRegisteredProviderFound" });
    expect(refusal?.message).toContain(
      `No registered resource provider found for location 'westeurope' and API version '${apiVersion}' for type 'virtualMachines'. The supported api-versions are '20`,
    );
    expect(refusal?.message).toMatch(/, 20\d\d-\d\d-\d\d(-preview)?'\.$/);
  });

  test("is invalid to ARM itself, which names its own, newest first", () => {
    const refusal = refused("2021-03-01", "resources");
    expect(refusal).toMatchObject({ status: 400, code: "InvalidApiVersionParameter" });
    expect(refusal?.message).toMatch(
      /^The api-version '2021-03-01' is invalid\. The supported versions are '2025-04-01,2025-03-01,.*,2014-04-01'\.$/,
    );
  });
});

test.each(["latest", "2021-3-1", "2021-13-01", "2023-02-29", "2021-03-01 ", "2021-03-01-beta"])(
  "'%s' is no api-version",
  (apiVersion) => {
    expect(refused(apiVersion)).toMatchObject({ status: 400, code: "InvalidApiVersionParameter" });
  },
);

test.each([undefined, ""])("a request needs an api-version (%s)", (apiVersion) => {
  expect(refused(apiVersion)).toMatchObject({ status: 400, code: "MissingApiVersionParameter" });
});
