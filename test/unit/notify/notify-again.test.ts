import { expect, test } from "vitest";
import { notifyAgain } from "../../../src/lib/notify/notify-again.ts";
import { operationId } from "../../fixtures/records.ts";
import { Scene } from "./scene.ts";

const MINUTE = 60_000;
const message = { of: "operation", operation: operationId() } as const;

test("a notification that failed for now comes again, less and less often, for about a day", async () => {
  const scene = new Scene();
  let last: Parameters<ReturnType<typeof notifyAgain>>[0] = message;
  for (;;) {
    const before = scene.told.length;
    await notifyAgain(scene)(last, scene.log);
    const told = scene.told[before];
    if (told === undefined) break;
    last = told.message;
  }
  const minutes = scene.told.map(({ delayMs }) => delayMs / MINUTE);
  expect(minutes.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  const hours = minutes.reduce((sum, each) => sum + each, 0) / 60;
  expect(hours).toBeGreaterThan(22);
  expect(hours).toBeLessThan(26);
  expect(scene.told.at(-1)?.message).toMatchObject(message);
  expect(scene.log.entries.at(-1)).toEqual({ event: "notificationGivenUp", fields: message });
});
