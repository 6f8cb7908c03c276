/** The page of the HTTP API in a real browser. It takes Chromium, which is why it is not among the other tests. */
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { type HttpHandler, HttpRequest, type HttpResponseInit } from "@azure/functions";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Listening, listen } from "../../local/loopback/listen.ts";
import { docs, openApi } from "../../src/functions/documents.ts";
import { publicFilesIn } from "../../src/public-files.ts";
import { allRoutes } from "../../tools/all-routes.ts";
import { invocation } from "../fakes/invocation.ts";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const read = publicFilesIn(new URL("../../dist/", import.meta.url));
const handlers: Record<string, HttpHandler> = { "openapi.json": openApi(read), docs: docs(read) };

let browser: Browser;
let site: Listening;
beforeAll(async () => {
  const executablePath = process.env["CHROMIUM"] ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) {
    throw new Error("There is no Chromium. Install it (apt install chromium), or set CHROMIUM.");
  }
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  site = await listen(createServer(answer), 0);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** As the Functions host would, for the two routes. */
const answer: Parameters<typeof createServer>[1] = async (asked, response) => {
  const url = new URL(asked.url ?? "", "http://localhost");
  const [, , name = "", file] = url.pathname.split("/");
  const params = file ? { file } : {};
  const request = new HttpRequest({ method: "GET", url: url.href, headers: {}, query: {}, params });
  const given = await handlers[name]?.(request, invocation().context);
  const { status = 200, headers = {}, body } = (given ?? { status: 404 }) as HttpResponseInit;
  response.writeHead(status, headers as Record<string, string>).end(body);
};

test("the page shows every operation, lets nobody try one, and asks no other site", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 2000 } });
  const wrong: string[] = [];
  page.on("console", (line) => line.type() === "error" && wrong.push(line.text()));
  page.on("pageerror", (error) => wrong.push(error.message));
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));

  const origin = `http://127.0.0.1:${site.port}`;
  await page.goto(`${origin}/api/docs/`);
  const operations = page.locator(".opblock");
  await operations.nth(allRoutes.length - 1).waitFor();
  expect(page.url()).toBe(`${origin}/api/docs`);
  expect(await operations.count()).toBe(allRoutes.length);

  await page.locator("#operations-Grants-PostGrant .opblock-summary-control").click();
  await page.getByText("Repeatability-Request-ID").first().waitFor();
  await page.getByText("A disk is held by somebody else").waitFor();
  expect(await page.getByText("Try it out").count()).toBe(0);
  const screenshot = process.env["SCREENSHOT"];
  if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });

  expect(asked.filter((url) => !url.startsWith(origin) && !url.startsWith("data:"))).toEqual([]);
  expect(wrong).toEqual([]);
});
