import { expect, test } from "vitest";
import { recognisableBytes } from "../../../local/stack/disk-bytes.ts";

test("every page of 512 bytes says whose it is", () => {
  const bytes = recognisableBytes("web-01-os", 3);
  expect(bytes).toHaveLength(3 * 512);
  expect(bytes.subarray(512, 535).toString()).toBe("web-01-os page 0001 | w");
});
