import { describe, expect, test } from "vitest";
import { azuriteOfThisFile } from "../scene.ts";
import {
  AUTHENTICATION_FAILED,
  givenSas,
  HOUR,
  refusalOf,
  revoke,
  sasOf,
  statusOf,
} from "./sas.ts";

const start = azuriteOfThisFile();

const PART = { headers: { range: "bytes=0-511" } };

describe("a SAS ends", () => {
  test("at its expiry, to the second, and not before", async () => {
    const { arm, sas } = await givenSas(start);
    arm.emulator.advance(HOUR - 60_000);
    expect(await statusOf(sas)).toBe(200);
    arm.emulator.advance(60_000);
    expect(await refusalOf(await fetch(sas, PART))).toEqual(AUTHENTICATION_FAILED);
  });

  test("at endGetAccess, for good: a later grant has another URL", async () => {
    const { arm, disk, sas } = await givenSas(start);
    await revoke(arm, "rp-1", disk);
    expect(await refusalOf(await fetch(sas, PART))).toEqual(AUTHENTICATION_FAILED);
    const later = await sasOf(arm, "rp-1", disk);
    expect(later).not.toBe(sas);
    expect(await statusOf(later)).toBe(200);
    expect(await statusOf(sas)).toBe(403);
  });

  test("only at endGetAccess where its expiry is ignored", async () => {
    const { arm, disk, sas } = await givenSas(start);
    arm.emulator.settings.ignoreSasExpiry = true;
    arm.emulator.advance(2 * HOUR);
    expect(await statusOf(sas)).toBe(200);
    await revoke(arm, "rp-1", disk);
    expect(await statusOf(sas)).toBe(403);
  });

  test("later when it is extended, and stays the same URL", async () => {
    const { arm, disk, sas } = await givenSas(start);
    arm.emulator.advance(HOUR / 2);
    expect(await sasOf(arm, "rp-1", disk)).toBe(sas);
    arm.emulator.advance(HOUR / 2 + 1000);
    expect(await statusOf(sas)).toBe(200);
    arm.emulator.advance(HOUR / 2);
    expect(await statusOf(sas)).toBe(403);
  });

  test("in the middle of a download, which breaks off", async () => {
    const { arm, disk, sas } = await givenSas(start);
    const response = await fetch(sas);
    const reader = response.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    await revoke(arm, "rp-1", disk);
    const readToTheEnd = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(readToTheEnd()).rejects.toThrow();
  });
});
