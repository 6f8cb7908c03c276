import { expect, test } from "vitest";
import { redactedHeaders, redactedText, redactedUrl } from "../../../../local/arm/redact.ts";

const SAS = "https://localhost:1/abc/abcd?sv=2018&sk=key1&sig=aBc%2BdEf%3D&se=2026";

test.each([
  ["a SAS", SAS],
  ["a SAS whose & is escaped", `{"url":"${SAS.replaceAll("&", "\\u0026")}"}`],
  ["a SAS in XML", `<Url>${SAS.replaceAll("&", "&amp;")}</Url>`],
  ["a SAS in another URL", `https://h/?back=${encodeURIComponent(SAS)}`],
  ["a SAS in a URL in a URL", `https://h/?back=${encodeURIComponent(encodeURIComponent(SAS))}`],
  ["accessSAS", '{ "accessSAS" : "https://h/aBc%2BdEf\\" still aBc" }'],
  ["a webhook", '{"endpointUrl":"https://h/aBc"}'],
  ["a function key", "https://h/hook?functionName=x&code=aBc=="],
  ["a password", '{"adminPassword":"aBc"}'],
  ["a token in a text", "refused: Bearer aBc.aBcd.aBcde"],
])("%s is taken out", (_, text) => {
  expect(redactedText(text)).not.toContain("aBc");
});

test.each([
  "Authorization",
  "x-ms-authorization-auxiliary",
  "COOKIE",
  "x-ms-previous-snapshot-url",
])("%s is taken out of headers", (name) => {
  expect(redactedHeaders({ [name]: "Bearer aBcaBcaBc", other: "stays" })).toEqual({
    [name]: "REDACTED",
    other: "stays",
  });
});

test("what is no secret stays", () => {
  const url = new URL("https://localhost:1/subscriptions/s?api-version=2026-04-01&$expand=a");
  expect(redactedUrl(url)).toBe(url.href);
  expect(redactedUrl(new URL(SAS))).toContain("&se=2026");
});
