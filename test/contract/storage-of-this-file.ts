import { afterAll, beforeAll } from "vitest";
import { type RealStorage, startRealStorage } from "./real-storage.ts";

/** Starts before the tests of the file that calls it, and is there while they run. */
export function storageOfThisFile(): () => RealStorage {
  let storage: RealStorage;
  beforeAll(async () => {
    storage = await startRealStorage();
  });
  afterAll(() => storage.close());
  return () => storage;
}
