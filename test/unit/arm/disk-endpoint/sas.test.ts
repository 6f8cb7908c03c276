import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Access, newAccess } from "../../../../local/arm/disk-endpoint/access.ts";
import { AccessKey } from "../../../../local/arm/disk-endpoint/sas.ts";

const ENDPOINT = "https://localhost:4433";
const now = Date.parse("2026-03-01T12:00:00.250Z");
const key = new AccessKey();

const given = (level: Access["level"] = "Read"): Access =>
  newAccess({ id: "/disks/data", level, now, durationMs: 3_600_000 });

const sasOf = (access: Access): URL => new URL(key.urlOf(ENDPOINT, access));

describe("a SAS", () => {
  test("has the shape of those of managed disks", () => {
    const access = given();
    const { origin, pathname, searchParams } = sasOf(access);
    expect(origin).toBe(ENDPOINT);
    expect(pathname).toBe(`/${access.token}/abcd`);
    expect([...searchParams]).toEqual([
      ["sv", "2018-03-28"],
      ["sr", "b"],
      ["sk", "key1"],
      ["sig", expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/)],
      ["st", "2026-03-01T12:00:00Z"],
      ["se", "2026-03-01T13:00:00Z"],
      ["sp", "r"],
    ]);
  });

  test("for writing permits reading too", () => {
    expect(sasOf(given("Write")).searchParams.get("sp")).toBe("rw");
  });

  test("stays the same when its access is extended", () => {
    const access = given();
    const extended = { ...access, expiresAt: "2026-03-02T12:00:00.000Z" };
    expect(sasOf(extended).href).toBe(sasOf(access).href);
  });

  test("is valid on whatever port the endpoint is now, and says which access it is of", () => {
    const access = given();
    const moved = new URL(sasOf(access));
    moved.port = "5544";
    expect(key.verify(moved)).toBe(access.token);
  });

  test("may be asked with parameters of the request beside its own", () => {
    const access = given();
    const url = new URL(`${sasOf(access).href}&comp=pagelist&timeout=30`);
    expect(key.verify(url)).toBe(access.token);
  });

  test("of the same key is valid after a restart, and of another one never", () => {
    const bytes = Buffer.alloc(32, 7);
    const access = given();
    const sas = new URL(new AccessKey(bytes).urlOf(ENDPOINT, access));
    expect(new AccessKey(bytes).verify(sas)).toBe(access.token);
    expect(key.verify(sas)).toBeUndefined();
  });
});

describe.each(["sv", "sr", "sk", "sig", "st", "se", "sp"])("a SAS is not valid when %s", (name) => {
  const changed = (change: (parameters: URLSearchParams, value: string) => void) => {
    const sas = sasOf(given());
    change(sas.searchParams, sas.searchParams.get(name) ?? "");
    return key.verify(sas);
  };

  test("is missing", () => {
    expect(changed((parameters) => parameters.delete(name))).toBeUndefined();
  });

  test("is empty", () => {
    expect(changed((parameters) => parameters.set(name, ""))).toBeUndefined();
  });

  test("is there twice, also with the same value", () => {
    expect(changed((parameters, value) => parameters.append(name, value))).toBeUndefined();
  });

  test("is written in capitals", () => {
    const capitals = changed((parameters, value) => {
      parameters.delete(name);
      parameters.set(name.toUpperCase(), value);
    });
    expect(capitals).toBeUndefined();
  });

  test("has any other character somewhere", () => {
    const sas = sasOf(given());
    const value = sas.searchParams.get(name) ?? "";
    const character = fc.string({ unit: "binary", minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(fc.nat(value.length - 1), character, (at, other) => {
        fc.pre(value[at] !== other);
        const tampered = new URL(sas);
        tampered.searchParams.set(name, value.slice(0, at) + other + value.slice(at + 1));
        expect(key.verify(tampered)).toBeUndefined();
      }),
    );
  });
});

test.each([
  ["of another access", (path: string) => path.replace(/^\/[^/]+/, `/${given().token}`)],
  ["of another blob", (path: string) => path.replace("abcd", "abce")],
  ["with more behind it", (path: string) => `${path}/more`],
  ["with more before it", (path: string) => `/disks${path}`],
  ["with a slash at its end", (path: string) => `${path}/`],
  ["that is empty", () => "/"],
])("a signature is not valid for a path %s", (_, change) => {
  const sas = sasOf(given());
  sas.pathname = change(sas.pathname);
  expect(key.verify(sas)).toBeUndefined();
});
