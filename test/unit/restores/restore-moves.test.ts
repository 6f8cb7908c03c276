import { describe, expect, test } from "vitest";
import type { Restore } from "../../../src/lib/restores/restore.ts";
import {
  afterStep,
  checked,
  next,
  refused,
  restarted,
} from "../../../src/lib/restores/restore-moves.ts";
import { drafted } from "./drafting.ts";

const START = new Date("2026-02-01T00:00:00.000Z");
const error = { code: "AllocationFailed", message: "There is no capacity." };

/** A restore in which time passes and every step is numbered. */
class Played {
  restore: Restore;
  now = START;
  #ulids = 0;

  constructor(asked: object) {
    this.restore = { ...drafted(asked).restore, state: "Creating" };
    this.advance();
  }

  advance(): this {
    const newUlid = () => `${++this.#ulids}`;
    this.restore = next(this.restore, { now: this.now, newUlid }) ?? this.restore;
    return this;
  }

  /** Ends the step of a resource. */
  end(name: string, failed?: typeof error): this {
    const { resources } = this.restore;
    const exact = resources.find((each) => each.name === name);
    const resource = exact ?? resources.find((each) => each.name.startsWith(`${name}-`));
    const after = afterStep(this.restore, resource?.operation ?? "", failed, this.now);
    if (after === undefined) throw new Error(`Nothing is under way of ${name}.`);
    this.restore = after;
    return this.advance();
  }

  get states(): string {
    return this.restore.resources.map(({ state }) => state).join(" ");
  }
}

describe("a restore of a VM", () => {
  const parts = ["web-01-os", "web-01-data", "web-01-logs", "web-01-00000042-nic"];
  const made = () => {
    const played = new Played({ kind: "vm" });
    for (const part of parts) played.end(part);
    return played;
  };

  test("begins with everything but the VM", () => {
    expect(new Played({ kind: "vm" }).states).toBe("Creating Creating Creating Creating Waiting");
  });

  test("makes the VM when all it consists of is there, and has then succeeded", () => {
    const played = made();
    expect(played.states).toBe("Created Created Created Created Creating");
    expect(played.end("web-01-00000042").restore.state).toBe("Succeeded");
    expect(played.restore.endedAt).toBe(START.toISOString());
  });

  test("that has failed waits for what is under way, and begins nothing more", () => {
    const played = new Played({ kind: "vm" }).end("web-01-os", error).end("web-01-data");
    expect(played.states).toBe("Failed Created Creating Creating Waiting");
    expect(played.restore.state).toBe("Creating");
  });

  test("removes what it made, and what may be left of what failed, but not what it never began", () => {
    const played = new Played({ kind: "vm" }).end("web-01-os", error);
    for (const part of parts.slice(1)) played.end(part);
    expect(played.restore.state).toBe("CleaningUp");
    expect(played.states).toBe("Deleting Deleting Deleting Deleting Waiting");
    for (const part of parts) played.end(part);
    expect(played.states).toBe("Deleted Deleted Deleted Deleted Waiting");
    expect(played.restore).toMatchObject({ state: "Failed", error });
  });

  test("removes the VM before its disks", () => {
    const played = made().end("web-01-00000042", error);
    expect(played.states).toBe("Created Created Created Created Deleting");
    played.end("web-01-00000042");
    expect(played.states).toBe("Deleting Deleting Deleting Deleting Deleted");
  });

  test("tries again what could not be removed, after a while, and goes on saying why it failed", () => {
    const played = made().end("web-01-00000042", error);
    const locked = { code: "ScopeLocked", message: "There is a lock." };
    played.end("web-01-00000042", locked);
    expect(played.states).toBe("Created Created Created Created Failed");
    expect(played.restore).toMatchObject({ state: "CleaningUp", error });
    expect(played.restore.resources.at(-1)).toMatchObject({ errorCode: "ScopeLocked" });
    played.now = new Date(START.getTime() + 299_000);
    expect(played.advance().states).toBe("Created Created Created Created Failed");
    played.now = new Date(START.getTime() + 300_000);
    expect(played.advance().states).toBe("Created Created Created Created Deleting");
  });

  test("keeps what it made when that is asked for, and removes what is half made", () => {
    const played = new Played({ kind: "vm", onFailure: "keep" }).end("web-01-os", error);
    for (const part of parts.slice(1)) played.end(part);
    expect(played.states).toBe("Deleting Kept Kept Kept Waiting");
    played.end("web-01-os");
    expect(played.states).toBe("Deleted Kept Kept Kept Waiting");
    expect(played.restore).toMatchObject({ state: "Failed", error });
  });

  test("is not moved by the end of a step that it does not wait for", () => {
    const played = new Played({ kind: "vm" });
    const { operation = "" } = played.restore.resources[0] ?? {};
    played.end("web-01-os");
    expect(afterStep(played.restore, operation, error, START)).toBeUndefined();
    expect(afterStep(played.restore, "another", undefined, START)).toBeUndefined();
  });
});

test("a restore of disks has succeeded when all of them are there", () => {
  const played = new Played({ kind: "disks", disks: [{ os: true }, { lun: 0 }] });
  expect(played.end("web-01-os").restore.state).toBe("Creating");
  expect(played.end("web-01-data").restore.state).toBe("Succeeded");
});

test("a restore that is refused has ended, and begins nothing", () => {
  const problems = [{ code: "NameTaken", message: "It is there.", target: "name" }];
  const { restore } = drafted({ kind: "vm" });
  const ended = refused(restore, { error, problems }, START);
  expect(ended).toMatchObject({ state: "Failed", problems, endedAt: START.toISOString() });
  expect(next(ended, { now: START, newUlid: () => "1" })).toBeUndefined();
});

describe("a restore that is asked for again", () => {
  const { restore } = drafted({ kind: "disks", disks: [{ os: true }, { lun: 0 }] });
  const [os, data] = restore.resources;
  if (os === undefined || data === undefined) throw new Error("There are no disks.");

  test("begins from nothing, as its next attempt", () => {
    const failed = refused(restore, { error }, START);
    expect(restarted(failed, restore)).toEqual({ ...restore, attempt: 2 });
  });

  test("has what it kept on record until it begins, and takes it over then", () => {
    const kept = { ...os, state: "Kept" as const, operation: "1" };
    const deleted = { ...data, state: "Deleted" as const, operation: "2" };
    const before: Restore = { ...restore, state: "Failed", resources: [kept, deleted] };
    const again = restarted(before, restore);
    expect(again.resources).toEqual([kept, data]);
    expect(checked(again, undefined).resources).toMatchObject([
      { name: os.name, state: "Created" },
      { name: data.name, state: "Waiting" },
    ]);
  });
});
