import { expect, test } from "vitest";
import { newAccess } from "../../../../local/arm/disk-endpoint/access.ts";

const HOUR = 3_600_000;
const now = Date.parse("2026-03-01T12:00:00.250Z");
const given = () => newAccess({ id: "/disks/data", level: "Read", now, durationMs: HOUR });

test("an access lasts from now for as long as was asked", () => {
  expect(given()).toEqual({
    id: "/disks/data",
    token: expect.any(String),
    level: "Read",
    startsAt: "2026-03-01T12:00:00.250Z",
    signedUntil: "2026-03-01T13:00:00.250Z",
    expiresAt: "2026-03-01T13:00:00.250Z",
  });
});

test("each access to the same bytes has a token of its own, which is safe in a URL", () => {
  const tokens = new Set(Array.from({ length: 100 }, () => given().token));
  expect(tokens.size).toBe(100);
  for (const token of tokens) expect(encodeURIComponent(token)).toBe(token);
});
