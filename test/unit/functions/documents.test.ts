import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { HttpHandler, HttpResponseInit } from "@azure/functions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { docs, openApi } from "../../../src/functions/documents.ts";
import { publicFilesIn } from "../../../src/public-files.ts";
import { invocation, request } from "../../fakes/invocation.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "public-files-"));
  await mkdir(join(folder, "docs"));
  await writeFile(join(folder, "openapi.json"), '{"openapi":"3.1.1"}');
  await writeFile(join(folder, "docs/index.html"), "<!doctype html>");
  await writeFile(join(folder, "docs/LICENSE"), "Not for the page.");
});
afterAll(() => rm(folder, { recursive: true }));

async function ask(path: string, headers: Record<string, string> = {}) {
  const read = publicFilesIn(pathToFileURL(`${folder}/`));
  const handlers: Record<string, HttpHandler> = { "openapi.json": openApi(read), docs: docs(read) };
  const [name = "", file] = path.split("/");
  const asked = request(path, { headers, params: file ? { file } : {} });
  const answer = await handlers[name]?.(asked, invocation().context);
  const { status = 200, headers: given = {}, body } = answer as HttpResponseInit;
  const text = body === undefined ? undefined : Buffer.from(body as Uint8Array).toString();
  return { status, headers: given as Record<string, string>, text };
}

describe("the OpenAPI document", () => {
  test("is there for anybody, and may be kept for a while", async () => {
    const { status, headers, text } = await ask("openapi.json");
    expect([status, text]).toEqual([200, '{"openapi":"3.1.1"}']);
    expect(headers).toMatchObject({
      "Content-Type": "application/json",
      "Cache-Control": "public, max-age=3600",
      ETag: expect.stringMatching(/^"[\w-]{43}"$/),
      "X-Content-Type-Options": "nosniff",
    });
  });

  test("is not sent again to whoever has it", async () => {
    const { headers } = await ask("openapi.json");
    const etag = headers["ETag"] ?? "";
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const again = await ask("openapi.json", { "if-none-match": known });
      expect(again).toMatchObject({ status: 304, headers: { ETag: etag }, text: undefined });
    }
    expect(await ask("openapi.json", { "if-none-match": '"other"' })).toMatchObject({
      status: 200,
    });
  });
});

describe("its page", () => {
  test("is there for anybody, and may run what comes with it, and no more", async () => {
    const { headers, text } = await ask("docs");
    expect([headers["Content-Type"], text]).toEqual([
      "text/html; charset=utf-8",
      "<!doctype html>",
    ]);
    const rules = (headers["Content-Security-Policy"] ?? "").split("; ");
    expect(rules).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
  });

  test("is where it is without a slash, which is what its own links go by", async () => {
    expect(await ask("docs/")).toMatchObject({ status: 308, headers: { Location: "../docs" } });
  });

  test.each([
    "docs/LICENSE",
    "docs/..%2fmain.mjs",
    "docs/__proto__",
    "docs/index.html%00",
    "docs/openapi.json",
  ])("has no %s", async (path) => {
    const { status, headers } = await ask(path);
    expect([status, headers["x-ms-error-code"]]).toEqual([404, "NotFound"]);
  });
});
