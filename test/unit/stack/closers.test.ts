import { expect, test } from "vitest";
import { Closers } from "../../../local/stack/closers.ts";

test("everything is ended in reverse order, whatever fails, and only once", async () => {
  const ended: number[] = [];
  const closers = new Closers();
  closers.add(async () => ended.push(1));
  closers.add(async () => {
    ended.push(2);
    throw new Error("stuck");
  });
  closers.add(async () => ended.push(3));
  await expect(closers.close()).rejects.toThrow("stuck");
  await closers.close();
  expect(ended).toEqual([3, 2, 1]);
});
