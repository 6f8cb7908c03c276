import { expect, test } from "vitest";
import { policyKey } from "../../../src/lib/policy/policy-record.ts";
import { documentOf, file, later, scene } from "./applying-files.ts";

test("a policy whose writer did not live to copy it is copied by the next process", async () => {
  const { apply, put, policyCopies, copies, stored } = scene();
  const { put: write } = policyCopies;
  policyCopies.put = () => Promise.reject(new Error("The process has died."));
  await expect(put("gold", 24)).rejects.toThrow("died");
  policyCopies.put = write;
  expect(copies.size).toBe(0);
  await apply([]);
  expect(copies.get("gold")).toEqual(await stored("gold"));
});

test("of two writers at once the copy is of the one that was stored last", async () => {
  const { put, policyCopies, copies, stored } = scene();
  const { put: write } = policyCopies;
  let overtaken = false;
  policyCopies.put = async (name, record) => {
    if (!overtaken) {
      overtaken = true;
      await put("gold", 48);
    }
    return await write(name, record);
  };
  await put("gold", 24);
  expect(await stored("gold")).toMatchObject({ document: { retention: { last: 48 } } });
  expect(copies.get("gold")).toMatchObject({ document: { retention: { last: 48 } } });
});

test("a policy that the API had changed comes back from its copy, not from its file, when its row is lost", async () => {
  const { apply, put, stored, tables } = scene();
  const files = [file("gold", documentOf(24))];
  await apply(files);
  await put("gold", 48);
  await tables.policies.remove(policyKey("gold"));
  await apply(files, later);
  expect(await stored("gold")).toMatchObject({ document: { retention: { last: 48 } } });
});

test("a copy that cannot be written leaves the policies in force, and is told", async () => {
  const { apply, tables, stored, log, policyCopies } = scene();
  await apply([file("gold", documentOf(24))]);
  const record = await stored("gold");
  if (record) await tables.policies.upsert({ ...record, copiedGeneration: 0 });
  policyCopies.put = () => Promise.reject(new Error("The blobs are away."));
  await apply([], later);
  expect(log.events).toEqual(["policyFileApplied", "policyNotCopied"]);
});
