/** The message that follows a change of a partner, as far as it is about the copy. */
import { describe, expect, test } from "vitest";
import { endGrants } from "../../../src/functions/end-grants.ts";
import { type Partner, partnerKey } from "../../../src/lib/partners/partner.ts";
import { invocation } from "../../fakes/invocation.ts";
import { PARTNER_ID } from "../../fixtures/partners.ts";
import { scene } from "./copy-scene.ts";

/** Handles the message as the function does. */
async function handled(
  { tables, partnerCopies, delayed }: ReturnType<typeof scene>,
  continuation?: string,
) {
  const { context, lines } = invocation("EndGrants");
  const deps = {
    ...{ tables, partnerCopies, delayed, mayRead: async () => true },
    ...{ now: () => new Date(), newUlid: () => "" },
  };
  await endGrants(deps)({ holder: PARTNER_ID, continuation }, context);
  return lines;
}

describe("after a change of a partner", () => {
  test("its copy is withheld, and the message makes it what the row is", async () => {
    const on = scene();
    await on.put();
    expect(on.copied()).toMatchObject({ state: "disabled" });
    expect(on.delayed.sent).toMatchObject([
      { queue: "end-grants", message: { holder: PARTNER_ID }, delayMs: 30_000 },
      { queue: "end-grants", message: { holder: PARTNER_ID }, delayMs: 0 },
    ]);
    await handled(on);
    expect(on.copied()).toEqual(await on.stored());
    expect(on.copied()).toMatchObject({ state: "enabled" });
  });

  test("that was cut off, the message makes the copy what it was", async () => {
    const on = scene();
    await on.put();
    await handled(on);
    const before = await on.stored();
    const { replace } = on.tables.partners;
    on.tables.partners.replace = () => Promise.reject(new Error("The process has died."));
    await expect(on.put({ name: "Never" })).rejects.toThrow("died");
    on.tables.partners.replace = replace;
    expect(on.copied()).toMatchObject({ state: "disabled" });
    await handled(on);
    expect(on.copied()).toEqual(before);
  });

  test("its copy waits for the last page of its grants", async () => {
    const on = scene();
    await on.put();
    await handled(on, "0").catch(() => undefined);
    expect(on.copied()).toMatchObject({ state: "disabled" });
  });

  test("a copy that cannot be written is told, and tried again in a minute", async () => {
    const on = scene();
    await on.put();
    on.partnerCopies.put = () => Promise.reject(new Error("The blobs are away."));
    const lines = await handled(on);
    expect(lines.join()).toContain("partnerNotCopied");
    expect(on.delayed.sent.at(-1)).toMatchObject({
      ...{ message: { holder: PARTNER_ID }, delayMs: 60_000 },
    });
  });
});

test("a partner is not changed as long as its copy cannot be withheld", async () => {
  const on = scene();
  await on.put();
  on.partnerCopies.put = () => Promise.reject(new Error("The blobs are away."));
  await expect(on.put({ name: "Never" })).rejects.toThrow("away");
  expect(await on.stored()).toMatchObject({ generation: 1 });
});

test("a partner that is deleted while it is copied is deleted, one generation later", async () => {
  const on = scene();
  await on.put();
  const { put } = on.partnerCopies;
  on.partnerCopies.put = async (...asked) => {
    on.partnerCopies.put = put;
    const withheld = await put(...asked);
    // A copying that has read the copy before writes the row as it is, so that the deletion has read that too early.
    const row = await on.tables.partners.get(partnerKey(PARTNER_ID));
    await on.tables.partners.replace(row?.record as Partner, row?.etag ?? "");
    return withheld;
  };
  expect(await on.delete()).toMatchObject({ kind: "deleted" });
  const deleted = { generation: 3, state: "disabled", deletedAt: expect.any(String) };
  expect(await on.stored()).toMatchObject(deleted);
  expect(on.copied()).toMatchObject(deleted);
});
