/** One SAS of the fake ARM, and the operation that begins or ends it. */
import type { ArmProblem } from "../../../src/lib/operations/arm-problem.ts";
import type { FakeDisk, FakeRestorePoint, FakeStore } from "./fake-store.ts";

export interface FakeAccess {
  /** ARM id of the disk restore point, in lower case. */
  readonly id: string;
  /** The source disk and the region: Azure counts what is open of a family. */
  readonly family: string;
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface FakeAccessOperation {
  readonly number: number;
  readonly id: string;
  /** Of a beginGetAccess. */
  readonly seconds?: number;
  /** When it takes effect, in milliseconds since 1970. */
  readonly endsAt: number;
  failure?: ArmProblem;
  /** What a beginGetAccess came to. */
  url?: string;
}

export interface FoundDisk {
  readonly point: FakeRestorePoint;
  readonly disk: FakeDisk;
}

/** The disk of `<point>/diskRestorePoints/<disk>_0`, once the restore point has succeeded. */
export function findDiskRestorePoint(
  store: FakeStore,
  id: string,
  now: number,
): FoundDisk | undefined {
  const [, pointId = "", name = ""] = /^(.*)\/diskRestorePoints\/([^/]+)_0$/i.exec(id) ?? [];
  const point = store.get(pointId);
  const disk = point?.disks.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (point === undefined || disk === undefined) return undefined;
  const hasSucceeded = point.endsAt <= now && (point.copyOf || !point.failure);
  return hasSucceeded ? { point, disk } : undefined;
}

export const familyOf = ({ point, disk }: FoundDisk): string =>
  `${disk.id ?? disk.name} in ${point.collection.location}`.toLowerCase();

/** In the shape of Azure's. The number makes it another one than any before. */
export const fakeSasUrl = (number: number, startsAt: number, seconds: number): string => {
  const instant = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  const signed = `st=${instant(startsAt)}&se=${instant(startsAt + 1000 * seconds)}&sp=r`;
  return `https://disk.test/t${number}/abcd?sv=2018-03-28&sr=b&sk=key1&sig=signature${number}&${signed}`;
};
