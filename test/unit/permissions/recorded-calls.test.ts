import { describe, expect, test } from "vitest";
import { type ArmCall, call } from "../../../tools/permissions/arm-call.ts";
import {
  forbidden,
  type RecordedCall,
  uncalled,
  unlisted,
  untaken,
} from "../../e2e/recorded-calls.ts";

const GROUP = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop";
const DISK = `${GROUP}/providers/Microsoft.Compute/disks/data`;
const [WRITE, READ] = ["Microsoft.Compute/disks/write", "Microsoft.Compute/disks/read"];
const [JOIN, LOOK] = ["Microsoft.Network/any/join/action", "Microsoft.Network/any/read"];

const table: readonly ArmCall[] = [
  call("restore", "PUT {group}/providers/Microsoft.Compute/disks/{disk}", WRITE, "a disk", [
    { action: JOIN, why: "at what it names" },
    { action: LOOK, why: "afterwards", onlyInAzure: true },
  ]),
  call("restore", "GET {subscription}/providers/Microsoft.Compute/skus", READ, "what there is"),
];

const put = (...actions: string[]): RecordedCall => ({
  method: "PUT",
  path: DISK,
  actions,
  status: 202,
});

describe("a recorded call", () => {
  test("is in the table, in whatever casing", () => {
    const path = DISK.replace("resourceGroups/shop", "resourcegroups/SHOP");
    expect(unlisted([{ ...put(WRITE.toUpperCase(), JOIN), path }], table)).toEqual([]);
  });

  test("that is not in it is told", () => {
    const calls: RecordedCall[] = [
      { ...put(WRITE), method: "DELETE" },
      { ...put(WRITE), path: `${DISK}/more` },
    ];
    expect(unlisted(calls, table)).toEqual([`DELETE ${DISK}`, `PUT ${DISK}/more`]);
  });

  test("that took another action than the table says is told", () => {
    expect(unlisted([put(WRITE, READ)], table)).toEqual([`PUT ${DISK}: ${READ}`]);
  });

  test("that was refused for its permissions is told", () => {
    expect(forbidden([put(WRITE), { ...put(WRITE), status: 403 }])).toEqual([`PUT ${DISK}`]);
  });
});

test("a row that nothing was called for is told", () => {
  expect(uncalled([put(WRITE)], table)).toEqual([
    "GET {subscription}/providers/Microsoft.Compute/skus",
  ]);
});

test("an action that no call took is told, and what only Azure asks for is taken with its call", () => {
  expect(untaken([put(WRITE)], table, [WRITE, JOIN, LOOK])).toEqual([JOIN]);
  expect(untaken([put(WRITE, JOIN)], table, [WRITE, JOIN, LOOK])).toEqual([]);
  expect(untaken([], table, [LOOK])).toEqual([LOOK]);
});
