import { describe, expect, test } from "vitest";
import { type AuditEntry, auditEntrySchema } from "../../../src/lib/audit/audit-entry.ts";
import { auditEntry } from "../../fixtures/audit-entry.ts";

const SECRETS = {
  "a SAS": "https://md-x.blob.storage.azure.net/t/abcd?sv=2018-03-28&sr=b&sig=c2VjcmV0%3D&sp=r",
  "a SAS in JSON": "https://md-x.blob.storage.azure.net/t\\u0026sig=c2VjcmV0",
  "a SAS in a URL": "https://x.test/?next=https%3A%2F%2Fmd-x%3Fsr%3Db%26sig%3Dc2VjcmV0",
  "a SAS in a URL in a URL": "next%3Dhttps%253A%252F%252Fmd-x%253Fsig%253Dc2VjcmV0",
  "a signature in capitals": "SIG=c2VjcmV0",
  "a bearer token": "Authorization: Bearer c2VjcmV0c2VjcmV0c2VjcmV0",
  "a JWT": "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzZWNyZXQifQ.c2VjcmV0",
  "an account key": `AccountKey=${"c2VjcmV0".repeat(11).slice(0, 86)}==`,
};

const fieldsAtFault = (entry: unknown) =>
  auditEntrySchema.safeParse(entry).error?.issues.map(({ path }) => path.join("."));

describe("an entry", () => {
  test("needs to say what, when, who and in which request, and nothing else", () => {
    const { id, at, action, actor, correlationId } = auditEntry();
    const least = { id, at, action, actor, correlationId };
    expect(auditEntrySchema.parse(least)).toEqual(least);
    expect(fieldsAtFault({})).toEqual(["id", "at", "action", "actor", "correlationId"]);
  });

  test("leaves out what it has no field for", () => {
    const entry = { ...auditEntry(), accessSAS: SECRETS["a SAS"] };
    expect(auditEntrySchema.parse(entry)).toEqual(auditEntry());
  });

  test.each<[string, Partial<Record<keyof AuditEntry, unknown>>]>([
    ["id", { id: "" }],
    ["id", { id: "a/b" }],
    ["id", { id: "a#b" }],
    ["id", { id: "a\nb" }],
    ["id", { id: "\ud800" }],
    ["id", { id: "x".repeat(401) }],
    ["at", { at: "2026-01-31T10:00:00Z" }],
    ["at", { at: "2026-01-31T10:00:00.000+01:00" }],
    ["at", { at: "2026-02-30T10:00:00.000Z" }],
    ["action", { action: "grantForgotten" }],
    ["actor.id", { actor: { id: "", kind: "person" } }],
    ["actor.kind", { actor: { id: "x", kind: "ghost" } }],
    ["holder", { holder: "a~b" }],
    ["holder", { holder: "a b" }],
    ["holder", { holder: "" }],
    ["vm", { vm: "web-01" }],
    ["vm", { vm: undefined }],
    ["region", { region: "West Europe" }],
    ["region", { region: "a~b" }],
    ["disk", { disk: "a~b" }],
    ["disk", { disk: "a/b" }],
    ["reason", { reason: "x".repeat(1001) }],
    ["message", { message: "x".repeat(8001) }],
    ["expiresAt", { expiresAt: "tomorrow" }],
    ["correlationId", { correlationId: "" }],
  ])("is refused for its %s in %j", (field, wrong) => {
    expect(fieldsAtFault({ ...auditEntry(), ...wrong })).toEqual([field]);
  });

  const texts = ["reason", "ticket", "code", "message", "grant", "group", "correlationId"] as const;
  test.each(Object.keys(SECRETS) as (keyof typeof SECRETS)[])("never holds %s", (kind) => {
    for (const field of texts) {
      const entry = auditEntry({ [field]: `It was ${SECRETS[kind]}`.slice(0, 200) });
      expect(fieldsAtFault(entry)).toEqual([field]);
      expect(() => auditEntrySchema.parse(entry)).toThrow(/looks like a secret/);
      expect(() => auditEntrySchema.parse(entry)).not.toThrow(/c2VjcmV0/);
    }
  });

  test("never holds a token in the place of its actor", () => {
    const actor = { id: SECRETS["a JWT"], kind: "app" } as const;
    expect(fieldsAtFault(auditEntry({ actor }))).toEqual(["actor"]);
  });

  test.each([
    "The bearer of this ticket asked for it.",
    "Bearer authentication failed.",
    "The query parameter sig is missing.",
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers/Microsoft.Compute/disks/x",
  ])("may well say %j", (reason) => {
    expect(auditEntrySchema.parse(auditEntry({ reason })).reason).toBe(reason);
  });
});
