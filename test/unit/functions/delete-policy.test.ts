import { describe, expect, test } from "vitest";
import { protection, vmKey } from "../../fixtures/records.ts";
import { deployment, written } from "./policy-deployment.ts";

const names = ({ value }: { value: { name: string }[] }) => value.map(({ name }) => name);

describe("a policy that is deleted", () => {
  test("is gone, unless one asks for deleted ones", async () => {
    const { ask, list } = deployment();
    await ask("PUT", "gold", { body: written });
    expect(await ask("DELETE", "gold")).toEqual({ status: 204 });
    await expect(ask("GET", "gold")).rejects.toMatchObject({ status: 404 });
    expect(await ask("GET", "gold?retired=true")).toMatchObject({
      jsonBody: { name: "gold", state: "Retired", outcome: { outcome: "keep" } },
    });
    expect(names(await list())).toEqual(["shipped"]);
    expect(names(await list("?retired=true"))).toEqual(["gold", "shipped"]);
  });

  test("keeps what becomes of its restore points, which can be said anew", async () => {
    const { ask, log } = deployment();
    await ask("PUT", "gold", { body: written });
    await ask("DELETE", "gold?outcome=ageOut");
    await ask("DELETE", "gold?outcome=delete&after=P30D");
    expect(await ask("GET", "gold?retired=true")).toMatchObject({
      jsonBody: { outcome: { outcome: "delete", after: "P30D" } },
    });
    expect(log.events.filter((event) => event === "policyRetired")).toHaveLength(2);
  });

  test("may be deleted again, and so may one that never was", async () => {
    const { ask, log } = deployment();
    await ask("DELETE", "shipped");
    for (const path of ["shipped", "shipped?outcome=keep", "gold", "gold?outcome=keep"]) {
      expect(await ask("DELETE", path)).toEqual({ status: 204 });
    }
    expect(log.events.filter((event) => event === "policyRetired")).toHaveLength(1);
  });

  test("comes back when it is put again, as a new one", async () => {
    const { ask } = deployment();
    await ask("PUT", "gold", { body: written });
    await ask("DELETE", "gold?outcome=ageOut");
    const again = await ask("PUT", "gold", { body: written });
    expect(again).toMatchObject({ status: 201, jsonBody: { state: "Active", etag: '"3"' } });
    expect(again.jsonBody).not.toHaveProperty("outcome");
  });

  test.each([
    ["outcome=destroy", "outcome"],
    ["after=P30D", "outcome"],
    ["outcome=delete", "after"],
    ["outcome=delete&after=soon", "after"],
    ["outcome=keep&after=P30D", "after"],
  ])("is refused with ?%s", async (query, target) => {
    await expect(deployment().ask("DELETE", `shipped?${query}`)).rejects.toMatchObject({
      status: 400,
      code: "InvalidParameter",
      target,
    });
  });

  test.each(["Gold", "none", ""])("is never named %j", async (name) => {
    for (const method of ["GET", "DELETE"] as const) {
      await expect(deployment().ask(method, name)).rejects.toMatchObject({ status: 404 });
    }
  });
});

describe("a policy that protects VMs", () => {
  async function used(vms: number) {
    const scene = deployment();
    for (let number = 1; number <= vms; number++) {
      const vm = vmKey(`web-0${number}`);
      await scene.tables.protections.insert(protection({ vm, policies: ["hourly", "shipped"] }));
    }
    await scene.tables.protections.insert(protection({ vm: vmKey("db-01") }));
    return scene;
  }

  test("is not deleted before somebody says what becomes of its restore points", async () => {
    const { ask } = await used(7);
    const refusal = ask("DELETE", "shipped");
    await expect(refusal).rejects.toMatchObject({ status: 409, code: "PolicyInUse" });
    const { message } = await refusal.catch((error) => error);
    expect(message).toContain("at least 7 VMs");
    for (const name of ["web-01", "web-05"]) expect(message).toContain(vmKey(name));
    expect(message).not.toContain("web-06");
    for (const said of ["outcome=keep", "outcome=ageOut", "outcome=delete&after=P30D"]) {
      expect(message).toContain(said);
    }
    expect(await ask("GET", "shipped")).toMatchObject({ jsonBody: { state: "Active" } });
  });

  test("is deleted with that, and its VMs are planned", async () => {
    const { ask, delayed } = await used(1);
    expect(await ask("DELETE", "shipped?outcome=keep")).toEqual({ status: 204 });
    expect(delayed.sent.at(-1)).toMatchObject({ message: { policy: "shipped" } });
  });

  test("is found also behind a thousand VMs that it does not protect", async () => {
    const { ask, tables } = await used(1);
    for (let number = 0; number < 1001; number++) {
      await tables.protections.insert(protection({ vm: vmKey(`app-${number}`) }));
    }
    await expect(ask("DELETE", "shipped")).rejects.toMatchObject({ code: "PolicyInUse" });
  });
});

test("policies are listed page by page", async () => {
  const { ask, list } = deployment();
  for (const name of ["gold", "silver"]) await ask("PUT", name, { body: written });
  const first = await list("?top=2");
  expect(names(first)).toEqual(["gold", "shipped"]);
  expect(names(await list(new URL(first.nextLink).search))).toEqual(["silver"]);
});
