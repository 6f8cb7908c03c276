import { describe, expect, test } from "vitest";
import { withoutSignature } from "../../../local/demo/ask-for-disk.ts";
import { printAudit } from "../../../local/demo/print-audit.ts";
import { bar, createTeller } from "../../../local/demo/teller.ts";

function screen(isTTY: boolean) {
  let text = "";
  const write = (more: string) => {
    text += more;
    return true;
  };
  return { teller: createTeller({ isTTY, write } as never), text: () => text };
}

test("a SAS is shown without what opens the disk", () => {
  const shown = withoutSignature(
    "https://localhost:7446/abc/abcd?sv=2018-03-28&sr=b&sig=xyz%3D&sp=r",
  );
  expect(shown).toBe("https://localhost:7446/abc/abcd?…");
});

describe("what lasts", () => {
  test("is told a quarter at a time where a line cannot be rewritten", () => {
    const { teller, text } = screen(false);
    for (let done = 0; done <= 100; done++) teller.tick(`${done} %`, done / 100);
    expect(text()).toBe("0 % …\n25 % …\n50 % …\n75 % …\n100 % …\n");
  });

  test("is told in place on a terminal, and makes room for what is said next", () => {
    const { teller, text } = screen(true);
    teller.tick("1 %", 0.01);
    teller.tick("2 %", 0.02);
    teller.say("Done.");
    expect(text().split("\r\u001B[2K")).toEqual(["", "1 % …", "2 % …", "Done.\n"]);
  });

  test.each([
    [0, 0],
    [0.5, 15],
    [1, 30],
  ])("has a bar that at %d is %d of 30 long", (share, full) => {
    expect(bar(share)).toBe(`[${"#".repeat(full)}${"-".repeat(30 - full)}]`);
  });
});

test("the audit log's entries are a line each, with who did what, and why", () => {
  const text = printAudit([
    { ...entry("grantRequested"), actor: { id: "a-1", kind: "app" } },
    { ...entry("grantEnding"), code: "expired" },
    { ...entry("grantRevoked"), code: "expired", lagMs: 1234 },
  ]);
  expect(text.split("\n")).toEqual([
    "  2026-01-15T18:38:04.000Z  grantRequested  by app a-1  reason: Demo",
    "  2026-01-15T18:38:04.000Z  grantEnding     by system us  expired",
    "  2026-01-15T18:38:04.000Z  grantRevoked    by system us  expired, 1.2 s late",
  ]);
});

const entry = (action: string) => ({
  at: "2026-01-15T18:38:04.000Z",
  action,
  actor: { id: "us", kind: "system" },
  reason: "Demo",
});
