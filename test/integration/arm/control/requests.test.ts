import { expect, test } from "vitest";
import { givenVm, POLL } from "../given.ts";
import { diskId, GROUP, vmId } from "../names.ts";
import { azuriteOfThisFile } from "../scene.ts";
import { finished } from "../wait.ts";
import { controlOf } from "./control-scene.ts";

const start = azuriteOfThisFile();

test("the request log is one exchange a line, and holds nothing that opens anything", async () => {
  const arm = await start();
  await givenVm(arm, "web-01", {
    osProfile: { computerName: "web", adminUsername: "operator", adminPassword: 'S3cret"pass' },
  });
  const { ask } = await controlOf(arm);
  const body = { access: "Read", durationInSeconds: 3600 };
  await arm.client.disks.createOrUpdate(
    GROUP,
    "free",
    { location: "westeurope", creationData: { createOption: "Empty" }, diskSizeGB: 1 },
    POLL,
  );
  const accepted = await arm.ask("POST", `${diskId("free")}/beginGetAccess`, { body });
  await finished(arm, accepted);
  const result = await arm.ask("GET", accepted.headers.get("location") ?? "");
  const { accessSAS } = result.body as { accessSAS: string };
  // Whatever its other characters are encoded as.
  const [signature = "?"] =
    /[A-Za-z0-9]{8,}/.exec(new URL(accessSAS).searchParams.get("sig") ?? "") ?? [];
  const nested = encodeURIComponent(accessSAS);
  await arm.ask("GET", vmId("web-01"), {
    query: `?api-version=2026-04-01&sig=s1gnature&back=${nested}`,
  });
  await arm.ask("PUT", vmId("web-02"), {
    body: { properties: { note: accessSAS, endpointUrl: "https://h/?code=k3y" } },
  });
  const { text } = await ask("GET", "requests");
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.length).toBeGreaterThan(4);
  for (const line of lines) expect(Object.keys(line)).toEqual(["request", "response"]);
  const secrets = ["a-token-for-arm", signature, "s1gnature", "k3y", "S3cret"];
  for (const secret of [...secrets, encodeURIComponent(signature)]) {
    expect(text.includes(secret), secret).toBe(false);
  }
  expect((await ask("DELETE", "requests")).status).toBe(204);
  expect((await ask("GET", "requests")).text).toBe("");
});
