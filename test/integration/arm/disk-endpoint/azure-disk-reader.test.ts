/** What the app reads of disks, from the emulator. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { inspect } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { azureDiskReader } from "../../../../src/lib/azure/azure-disk-reader.ts";
import type { RangePage } from "../../../../src/lib/grants/changed-ranges.ts";
import { Sas } from "../../../../src/lib/grants/sas.ts";
import { azuriteOfThisFile } from "../scene.ts";
import { givenDisk } from "./page-lists.ts";
import { givenPoint, PAGE, pageOf, revoke, sasOf, sasOfNewPoint, writeDisk } from "./sas.ts";

const start = azuriteOfThisFile();
const reader = azureDiskReader({ timeoutMs: 10_000 });

/** Two restore points, with writes and clears between them. */
async function given() {
  const { arm, clear } = await givenDisk(start);
  await writeDisk(arm, 0, Buffer.alloc(8 * PAGE, "a"));
  const name = await givenPoint(arm, "rp-1");
  const since = new Sas(await sasOf(arm, "rp-1", name));
  await writeDisk(arm, 0, pageOf("changed"));
  await writeDisk(arm, 20 * PAGE, Buffer.alloc(3 * PAGE, "new"));
  await clear(4 * PAGE, 2 * PAGE);
  await writeDisk(arm, 40 * PAGE, pageOf("new"));
  const disk = new Sas(await sasOfNewPoint(arm, "rp-2"));
  return { arm, since, disk, end: () => revoke(arm, "rp-1", name) };
}

const changed = (page: number, count: number) =>
  ({ start: page * PAGE, count: count * PAGE, kind: "changed" }) as const;
const EXPECTED = [
  changed(0, 1),
  { ...changed(4, 2), kind: "cleared" },
  changed(20, 3),
  changed(40, 1),
];

function pageIn(answer: RangePage) {
  if (answer.kind === "page") return answer;
  throw new Error(`Refused: ${answer.code}`);
}

const secretsOf = (...all: Sas[]): RegExp =>
  new RegExp(
    all
      .flatMap((sas) => {
        const { pathname, searchParams } = new URL(sas.reveal());
        const signature = searchParams.get("sig") ?? "none";
        return [pathname, signature, encodeURIComponent(signature)].map((each) =>
          each.replace(/[/+]/g, "\\$&"),
        );
      })
      .join("|"),
  );

describe("the ranges that changed between two restore points", () => {
  test("come from the disk's start to its end", async () => {
    const { disk, since } = await given();
    const page = await reader.changedRanges(disk, since, { size: 10_000 });
    expect(page).toEqual({ kind: "page", ranges: EXPECTED });
  });

  test.each([1, 2, 3, 4])("come page by page, %i at a time", async (size) => {
    const { disk, since } = await given();
    const pages = [pageIn(await reader.changedRanges(disk, since, { size }))];
    for (let last = pages[0]; last?.continuation !== undefined; last = pages.at(-1)) {
      const { continuation } = last;
      pages.push(pageIn(await reader.changedRanges(disk, since, { size, continuation })));
    }
    expect(pages.flatMap(({ ranges }) => ranges)).toEqual(EXPECTED);
    expect(pages.map(({ ranges }) => ranges.length)).toEqual(
      Array.from({ length: Math.ceil(4 / size) }, (_, index) => Math.min(size, 4 - index * size)),
    );
  });

  test("are none between a restore point and itself", async () => {
    const { disk } = await given();
    const page = await reader.changedRanges(disk, disk, { size: 10 });
    expect(page).toEqual({ kind: "page", ranges: [] });
  });
});

describe("the disk is not read", () => {
  test("once one of the two accesses has ended", async () => {
    const { disk, since, end } = await given();
    await end();
    const refused = { kind: "refused", status: 403, code: "AuthenticationFailed" };
    expect(await reader.changedRanges(disk, since, { size: 10 })).toEqual(refused);
    expect(await reader.changedRanges(since, disk, { size: 10 })).toEqual(refused);
  });

  test("when the other one is later", async () => {
    const { disk, since } = await given();
    const refused = { kind: "refused", status: 400, code: "PreviousSnapshotCannotBeNewer" };
    expect(await reader.changedRanges(since, disk, { size: 10 })).toEqual(refused);
  });

  test("with a continuation that is none, or pages of nothing", async () => {
    const { disk, since } = await given();
    const kind = "refused";
    const unknown = await reader.changedRanges(disk, since, { size: 1, continuation: "a b&c=d" });
    expect(unknown).toEqual({ kind, status: 400, code: "InvalidQueryParameterValue" });
    const none = await reader.changedRanges(disk, since, { size: 0 });
    expect(none).toEqual({ kind, status: 400, code: "OutOfRangeQueryParameterValue" });
  });

  test("over http, nor what is no URL", async () => {
    const { disk } = await given();
    for (const url of [disk.reveal().replace("https:", "http:"), "no URL?sig=secret", ""]) {
      const other = new Sas(url);
      for (const [one, two] of [
        [other, disk],
        [disk, other],
      ] as const) {
        const reading = reader.changedRanges(one, two, { size: 1 });
        await expect(reading).rejects.toThrow("A disk is read over https only.");
      }
    }
  });
});

/** The SAS as if it were of a server that does this with every connection, and how many came. */
async function movedTo(sas: Sas, serve: (socket: Socket) => void) {
  const seen = { connections: 0 };
  const server = createServer((socket) => {
    seen.connections++;
    socket.on("error", () => undefined);
    serve(socket);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { seen, there: new Sas(sas.reveal().replace(/localhost:\d+/, `localhost:${port}`)) };
}

describe("when there is no answer, the error holds nothing of a SAS", () => {
  const errorOf = async (reading: Promise<unknown>): Promise<unknown> =>
    await reading.then(
      () => undefined,
      (error: unknown) => error,
    );
  const shown = (error: unknown) => inspect(error, { depth: 20, showHidden: true });

  test("and nobody asks again", async () => {
    const { disk, since } = await given();
    const { seen, there } = await movedTo(disk, (socket) => socket.destroy());
    const error = await errorOf(reader.changedRanges(there, since, { size: 1 }));
    expect(String(error)).toMatch(/^Error: The disk could not be read: \w+\.$/);
    expect(shown(error)).not.toMatch(secretsOf(there, since));
    expect(seen.connections).toBe(1);
  });

  test("in time", async () => {
    const { disk, since } = await given();
    const { there } = await movedTo(disk, (socket) => socket.resume());
    const impatient = azureDiskReader({ timeoutMs: 100 });
    const error = await errorOf(impatient.changedRanges(there, since, { size: 1 }));
    expect(String(error)).toBe("Error: The disk could not be read: NoAnswer.");
    expect(shown(error)).not.toMatch(secretsOf(there, since));
  });

  test("whatever host it is", async () => {
    const { disk, since } = await given();
    const there = new Sas(disk.reveal().replace(/localhost:\d+/, "no-such-host.invalid"));
    const error = await errorOf(reader.changedRanges(there, since, { size: 1 }));
    expect(shown(error)).not.toMatch(secretsOf(there, since));
    expect(shown(error)).not.toContain("no-such-host");
  });
});
