/** Access to disks for a time, on the whole local stack. No SAS ends by its own expiry here: whatever ends, the app has ended. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { callerNamed } from "../../local/identity/callers.ts";
import { createDiskContent, type DiskContent } from "../../local/stack/disk-content.ts";
import { type Stack, startStack } from "../../local/stack/start-stack.ts";
import { diskIdOf } from "../../local/stack/vm-address.ts";
import { blobOf, MIB, PAGE, pageOf, statusOf } from "../integration/arm/disk-endpoint/sas.ts";
import { succeededPoint, toldOf } from "./api.ts";
import { download, GrantsScene } from "./grants-scene.ts";
import { searchForSecrets } from "./search-for-secrets.ts";
import { waitFor } from "./wait-for.ts";

const DISK = diskIdOf("web-01-os");
const [A, B] = ["partner-a", "partner-b"];
const idOf = (caller: string) => callerNamed(caller).clientId;

let stack: Stack;
let scene: GrantsScene;
let content: DiskContent;
let points: { first: string; second: string };
/** Of the disk, when the first restore point was made. */
let before: Buffer;
/** Asked for at the start; its minute goes by during the other tests. */
let short: { id: string; sas: string };

beforeAll(async () => {
  stack = await startStack({ arm: { crashConsistentCreateMs: 300, ignoreSasExpiry: true } });
  scene = new GrantsScene(stack);
  content = createDiskContent(stack.addresses);
  await content.write(DISK, 5 * MIB, pageOf("before"));
  await Promise.all([stack.tagVm("web-01", "hourly"), stack.tagVm("app-01", "hourly")]);
  const { name: ofApp } = await succeededPoint(stack, "app-01");
  const { id } = await scene.granted(A, "app-01", ofApp, "PT1M");
  short = { id, sas: await scene.sas(A, id) };
  const first = (await succeededPoint(stack, "web-01")).name;
  before = await content.read(DISK, 0, 8 * MIB);
  for (const page of [3, 4, 100, 10_240]) await content.write(DISK, page * PAGE, pageOf("after"));
  points = { first, second: await scene.nextPoint("web-01", "t2") };
});
afterAll(() => stack?.close());

test("a partner that asks for a disk downloads what was on it at the time of the restore point", async () => {
  const asked = await scene.request(A, "web-01", points.first);
  expect(asked).toMatchObject({
    status: 202,
    body: { state: "Granting", holder: { id: idOf(A), kind: "app" }, effectiveDuration: "PT1H" },
  });
  await scene.succeeded(A, asked.headers);
  const { id } = z.looseObject({ id: z.string() }).parse(asked.body);
  const access = await scene.ask(A, "POST", `/grants/${id}/access`);
  expect([access.status, access.headers.get("cache-control")]).toEqual([200, "no-store"]);

  const sas = await scene.sas(A, id);
  expect((await blobOf(sas).getProperties()).contentLength).toBe(32 * 1024 * MIB);
  const disk = Buffer.alloc(before.length);
  for (const { offset, bytes } of await download(sas)) bytes.copy(disk, offset);
  expect(disk.equals(before)).toBe(true);
  expect((await content.read(DISK, 0, before.length)).equals(before)).toBe(false);
  expect(await scene.grant("reader", id)).toMatchObject({ readings: { count: 2 } });
});

test("nobody else gets the disk meanwhile, and its holder keeps it for longer by asking again", async () => {
  const { id, expiresAt } = await scene.granted(A, "web-01", points.first);
  for (const other of [B, "operator"]) {
    const refused = await scene.request(other, "web-01", points.first);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: "DiskHeldByAnother" } } });
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(3500);
    expect(seconds).toBeLessThanOrEqual(3600);
  }
  const longer = await scene.granted(A, "web-01", points.first, "PT2H");
  expect(longer.id).toBe(id);
  expect(Date.parse(longer.expiresAt) - Date.parse(expiresAt)).toBeGreaterThan(3_500_000);
});

test("a SAS is for its holder alone, and a partner does not even see another's grant", async () => {
  const { id } = await scene.granted(A, "web-01", points.first);
  expect(await scene.ask("operator", "POST", `/grants/${id}/access`)).toMatchObject({
    status: 403,
    body: { error: { code: "NotTheHolder" } },
  });
  for (const [method, path] of [
    ["GET", ""],
    ["DELETE", ""],
    ["POST", "/access"],
  ] as const) {
    expect((await scene.ask(B, method, `/grants/${id}${path}`)).status).toBe(404);
  }
});

test("what was written between two restore points is told exactly, also a range at a time", async () => {
  const [since, id] = [
    (await scene.granted(A, "web-01", points.first)).id,
    (await scene.granted(A, "web-01", points.second)).id,
  ];
  const written = [
    { offset: 3 * PAGE, length: 2 * PAGE, kind: "changed" },
    { offset: 100 * PAGE, length: PAGE, kind: "changed" },
    { offset: 5 * MIB, length: PAGE, kind: "changed" },
  ];
  const path = `/grants/${id}/changes?since=${since}`;
  expect((await scene.ask(A, "GET", path)).body).toEqual({ value: written });

  const pageSchema = z.object({ value: z.array(z.unknown()), nextLink: z.url().optional() });
  const pages: unknown[][] = [];
  let next: string | undefined = `${path}&top=1`;
  while (next !== undefined) {
    const page: z.infer<typeof pageSchema> = pageSchema.parse(
      (await scene.ask(A, "GET", next)).body,
    );
    pages.push(page.value);
    next = page.nextLink?.split("/api")[1];
  }
  expect(pages).toEqual(written.map((range) => [range]));

  const [offset, sas] = [3 * PAGE, await scene.sas(A, id)];
  expect((await blobOf(sas).downloadToBuffer(offset, PAGE)).equals(pageOf("after"))).toBe(true);
});

test("a holder that has read enough ends its access early", async () => {
  const { id } = await scene.granted(A, "web-01", points.first);
  const sas = await scene.sas(A, id);
  expect(await statusOf(sas)).toBe(200);
  const ended = await scene.ask(A, "DELETE", `/grants/${id}`);
  expect(ended.status).toBe(202);
  expect(await scene.revoked(A, id)).toMatchObject({
    ending: { cause: "requested", by: { id: idOf(A), kind: "app" } },
  });
  expect(await statusOf(sas)).toBe(403);
  await scene.succeeded(A, ended.headers);
  expect((await scene.ask(A, "DELETE", `/grants/${id}`)).status).toBe(204);
  expect((await scene.ask(A, "POST", `/grants/${id}/access`)).status).toBe(409);
});

test("a partner that is disabled loses the disks that it could read", async () => {
  const { id } = await scene.granted(B, "web-01", points.first);
  const sas = await scene.sas(B, id);
  expect(await statusOf(sas)).toBe(200);
  const path = `/partners/${idOf(B)}`;
  const { body } = await scene.ask("policy-admin", "GET", path);
  await scene.ask("policy-admin", "PUT", path, { ...(body as object), state: "disabled" });
  await scene.shut(sas);
  expect(await scene.revoked("operator", id)).toMatchObject({
    ending: { cause: "partnerChanged" },
  });
  await waitFor("the partner to be refused", async () =>
    (await scene.request(B, "web-01", points.first)).status === 403 ? true : undefined,
  );
});

test("a grant of a minute ends by itself after a minute, with no help from the SAS", async () => {
  const { expiresAt } = await scene.grant(A, short.id);
  expect(await statusOf(short.sas)).toBe(200);
  await scene.shut(short.sas);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
  const grant = await scene.revoked(A, short.id);
  expect(grant.ending).toMatchObject({ cause: "expired", at: expiresAt });
  expect(grant.lagSeconds).toBeLessThan(10);
});

test("operators are told that it was issued and that it was revoked", async () => {
  const told = await waitFor("both to be told", async () => {
    const types = (await toldOf(stack, short.id)).map(({ type }) => type);
    return types.length > 1 ? types : undefined;
  });
  expect(told).toEqual(["VmRestorePoints.GrantIssued", "VmRestorePoints.GrantRevoked"]);
});

test("the audit log tells all of it, in order", async () => {
  const entrySchema = z.looseObject({ action: z.string(), grant: z.string().optional() });
  const told = async (query: string, grant?: string) => {
    const { body } = await scene.ask("operator", "GET", `/audit?${query}&top=200`);
    const { value } = z.object({ value: z.array(entrySchema) }).parse(body);
    return value.filter((entry) => grant === undefined || entry.grant === grant);
  };
  const ofShort = await told(`holder=${idOf(A)}`, short.id);
  expect(ofShort).toMatchObject([
    { action: "grantRequested", actor: { id: idOf(A) }, reason: "Backup", ticket: "B-1" },
    { action: "grantIssued", actor: { kind: "system" } },
    { action: "accessRead", actor: { id: idOf(A) } },
    { action: "grantEnding", code: "expired" },
    { action: "grantRevoked", actor: { kind: "system" }, disk: "app-01-os" },
  ]);
  const ofPartnerB = (await told(`holder=${idOf(B)}`)).map(({ action }) => action);
  // Its own record is about the partner, not about a disk.
  expect(ofPartnerB).toContain("partnerChanged");
  expect(ofPartnerB.filter((action) => action !== "partnerChanged").slice(-5)).toEqual([
    "grantRequested",
    "grantIssued",
    "accessRead",
    "grantEnding",
    "grantRevoked",
  ]);
  expect(ofPartnerB).toContain("grantRefused");
});

test("and nothing that opens a disk is left anywhere", async () => {
  expect(await searchForSecrets(stack)).toEqual([]);
});
