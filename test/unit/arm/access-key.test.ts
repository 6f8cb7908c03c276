import { mkdtempSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { accessKeyIn } from "../../../local/arm/access-key.ts";
import { newAccess } from "../../../local/arm/disk-endpoint/access.ts";
import { AccessKey } from "../../../local/arm/disk-endpoint/sas.ts";

const access = newAccess({ id: "/disks/data", level: "Read", now: 0, durationMs: 3_600_000 });

const sasBy = (key: AccessKey): URL => new URL(key.urlOf("https://localhost:4433", access));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "access-key-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("a key is the same after a restart, in its folder, and nobody else can read it", () => {
  const folder = newFolder();
  const sas = sasBy(accessKeyIn(folder));
  expect(accessKeyIn(folder).verify(sas)).toBe(access.token);
  expect(accessKeyIn(newFolder()).verify(sas)).toBeUndefined();
  expect(accessKeyIn(undefined).verify(sas)).toBeUndefined();
  expect(statSync(join(folder, "sas.key")).mode & 0o077).toBe(0);
});

test.each([0, 1, 31])("a key of which a kill has left %i bytes is made anew", (length) => {
  const folder = newFolder();
  accessKeyIn(folder);
  truncateSync(join(folder, "sas.key"), length);
  const sas = sasBy(accessKeyIn(folder));
  expect(new AccessKey(Buffer.alloc(0)).verify(sas)).toBeUndefined();
  expect(accessKeyIn(folder).verify(sas)).toBe(access.token);
  expect(statSync(join(folder, "sas.key")).size).toBe(32);
});
