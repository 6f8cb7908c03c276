import { request } from "node:https";
import { describe, expect, test } from "vitest";
import { azuriteOfThisFile } from "../scene.ts";
import {
  AUTHENTICATION_FAILED,
  blobOf,
  givenSas,
  PAGE,
  pageOf,
  refusalOf,
  sasOf,
  sasOfNewPoint,
  statusOf,
} from "./sas.ts";

const start = azuriteOfThisFile();

const PART = { headers: { range: "bytes=0-511" } };
const PERMISSION_MISMATCH = { status: 403, code: "AuthorizationPermissionMismatch" };

describe("a SAS opens nothing", () => {
  test.each([
    ["sv", "2021-12-02"],
    ["sr", "c"],
    ["sk", "key2"],
    ["sig", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="],
    ["st", "2020-01-01T00:00:00Z"],
    ["se", "2099-01-01T00:00:00Z"],
    ["sp", "rw"],
  ])("when %s is another, missing, empty or there twice", async (name, value) => {
    const { sas } = await givenSas(start);
    const changes: ((query: URLSearchParams) => void)[] = [
      (query) => query.set(name, value),
      (query) => query.delete(name),
      (query) => query.set(name, ""),
      (query) => query.append(name, value),
    ];
    for (const change of changes) {
      const url = new URL(sas);
      change(url.searchParams);
      expect(await refusalOf(await fetch(url, PART))).toEqual(AUTHENTICATION_FAILED);
    }
    expect(await statusOf(sas)).toBe(200);
  });

  test("when its path is another's, or nobody's, and one cannot tell which", async () => {
    const { arm, sas } = await givenSas(start);
    const other = new URL(await sasOfNewPoint(arm, "rp-2"));
    const paths = [other.pathname, "/0123456789abcdef0123456789abcdef/abcd", "/", "/abcd", "//"];
    const bodies = new Set<string>();
    for (const path of paths) {
      const url = new URL(sas);
      const response = await fetch(`${url.origin}${path}${url.search}`, PART);
      expect(await refusalOf(response.clone())).toEqual(AUTHENTICATION_FAILED);
      bodies.add(await response.text());
    }
    expect(bodies.size).toBe(1);
  });

  test("without its query", async () => {
    const { sas } = await givenSas(start);
    const url = new URL(sas);
    url.search = "";
    expect(await refusalOf(await fetch(url))).toEqual(AUTHENTICATION_FAILED);
    expect(await refusalOf(await fetch(url, { method: "HEAD" }))).toEqual(AUTHENTICATION_FAILED);
  });

  test("when another emulator has signed it", async () => {
    const [one, other] = [await givenSas(start), await givenSas(start)];
    const elsewhere = new URL(one.sas);
    elsewhere.port = new URL(other.sas).port;
    expect(await refusalOf(await fetch(elsewhere, PART))).toEqual(AUTHENTICATION_FAILED);
  });

  test("when the request's target is no path", async () => {
    const { sas } = await givenSas(start);
    const { port } = new URL(sas);
    const status = await new Promise((resolve, reject) => {
      const asked = request({ port, path: "*", method: "OPTIONS" });
      asked.on("response", (response) => resolve(response.resume().statusCode));
      asked.on("error", reject).end();
    });
    expect(status).toBe(403);
  });
});

describe("a SAS to read does not permit", () => {
  test.each([
    ["a write", "PUT", "&comp=page"],
    ["an overwrite", "PUT", ""],
    ["new properties", "PUT", "&comp=properties"],
    ["a snapshot", "PUT", "&comp=snapshot"],
    ["a deletion", "DELETE", ""],
    ["a POST", "POST", ""],
    ["a PATCH", "PATCH", ""],
  ])("%s", async (_, method, query) => {
    const { arm, disk, sas } = await givenSas(start);
    const headers = { "x-ms-range": "bytes=0-511", "x-ms-page-write": "clear" };
    const refused = await fetch(`${sas}${query}`, { method, headers });
    expect(await refusalOf(refused)).toEqual(PERMISSION_MISMATCH);
    expect(await blobOf(await sasOf(arm, "rp-1", disk)).downloadToBuffer(0, PAGE)).toEqual(
      pageOf("secret"),
    );
  });

  test("the SDK to write or clear pages", async () => {
    const { sas } = await givenSas(start);
    const refusal = { statusCode: 403, code: "AuthorizationPermissionMismatch" };
    await expect(blobOf(sas).uploadPages(pageOf("x"), 0, PAGE)).rejects.toMatchObject(refusal);
    await expect(blobOf(sas).clearPages(0, PAGE)).rejects.toMatchObject(refusal);
    await expect(blobOf(sas).delete()).rejects.toMatchObject(refusal);
  });
});

test.each(["metadata", "tags", "blocklist"])("GET with comp=%s is not offered", async (comp) => {
  const { sas } = await givenSas(start);
  expect(await refusalOf(await fetch(`${sas}&comp=${comp}`))).toEqual({
    status: 400,
    code: "InvalidQueryParameterValue",
  });
});

test("every answer, also a refusal, has its request's ids", async () => {
  const { sas } = await givenSas(start);
  const headers = { "x-ms-client-request-id": "mine", "x-ms-version": "2024-11-04" };
  for (const url of [sas, sas.replace("sig=", "sig=0")]) {
    const response = await fetch(url, { method: "HEAD", headers });
    expect(response.headers.get("x-ms-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("x-ms-client-request-id")).toBe("mine");
    expect(response.headers.get("x-ms-version")).toBe("2024-11-04");
    expect(response.headers.get("date")).toBeTruthy();
  }
});

test("the URL has the shape of Azure's, and the request log no part of what opens it", async () => {
  const { arm, sas } = await givenSas(start);
  expect(sas).toMatch(
    /^https:\/\/localhost:\d+\/\w+\/abcd\?sv=2018-03-28&sr=b&sk=key1&sig=[^&]+&st=[^&]+&se=[^&]+&sp=r$/,
  );
  const logged = [...arm.emulator.log.lines()].join("\n");
  expect(logged).not.toContain(new URL(sas).searchParams.get("sig"));
  expect(logged).not.toContain(new URL(sas).pathname);
});
