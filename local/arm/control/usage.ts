/**
 * `/_emulator/usage`: what each disk restore point holds of its own, which is what Azure would bill. A stream: an
 * answer for hundreds of thousands of points is never held as a whole.
 */
import { lengthOf, type Ranges } from "../bytes/ranges.ts";
import type { Emulator } from "../emulator.ts";
import { idOfDisk, madeIn, pointsIn } from "../resources/restore-points/find.ts";
import type { DiskRestorePoint, RestorePoint } from "../state/state.ts";
import { demandKnownQuery } from "./control-body.ts";
import { notFound } from "./control-error.ts";
import type { Controlled, ControlRequest, ControlRoutes } from "./control-route.ts";

export const usageRoutes = ({ arm: { emulator } }: Controlled): ControlRoutes => ({
  usage: {
    GET: (request) => ({
      type: "application/json; charset=utf-8",
      stream: usageOf(emulator, pointsAsked(emulator, request)),
    }),
  },
});

/** `?collection=<ARM id>`: of this one only. */
function pointsAsked(emulator: Emulator, request: ControlRequest): RestorePoint[] {
  demandKnownQuery(request, "collection");
  const id = request.url.searchParams.get("collection");
  if (id === null) return emulator.state.restorePoints.all();
  const collection = emulator.state.collections.get(id);
  if (collection) return pointsIn(emulator, collection);
  throw notFound(`collection: there is no restore point collection ${id}.`, "collection");
}

const POINTS_IN_ONE_PIECE = 200;

async function* usageOf(
  emulator: Emulator,
  points: readonly RestorePoint[],
): AsyncGenerator<string> {
  const families = epochsOfFamilies(emulator);
  let diskRestorePoints = 0;
  let incrementBytes = 0;
  yield '{"value":[';
  for (let at = 0; at < points.length; at += POINTS_IN_ONE_PIECE) {
    const lines: string[] = [];
    for (const point of points.slice(at, at + POINTS_IN_ONE_PIECE)) {
      for (const disk of madeIn(point)) {
        const increment = lengthOf(incrementOf(emulator, families, disk));
        lines.push(JSON.stringify(shown(point, disk, increment)));
        incrementBytes += increment;
      }
    }
    const separator = diskRestorePoints > 0 && lines.length > 0 ? "," : "";
    diskRestorePoints += lines.length;
    yield `${separator}${lines.join(",")}`;
  }
  yield `],"totals":${JSON.stringify({ diskRestorePoints, incrementBytes })}}\n`;
}

const shown = (point: RestorePoint, disk: DiskRestorePoint, incrementBytes: number) => ({
  id: idOfDisk(point, disk),
  diskId: disk.source.id,
  timeCreated: point.timeCreated,
  location: point.location,
  sizeInBytes: disk.source.sizeInBytes,
  incrementBytes,
});

/** By family, the epochs that its points ended, in order. Copies are a family of their own in their region. */
function epochsOfFamilies({ state }: Emulator): Map<string, number[]> {
  const families = new Map<string, Set<number>>();
  for (const point of state.restorePoints.all()) {
    for (const { familyId, epoch } of madeIn(point)) {
      const epochs = families.get(familyId) ?? new Set();
      families.set(familyId, epochs.add(epoch));
    }
  }
  return new Map([...families].map(([id, epochs]) => [id, [...epochs].sort((a, b) => a - b)]));
}

/** Of the first of a family: everything that was written until then. */
function incrementOf(
  { changes }: Emulator,
  families: ReadonlyMap<string, readonly number[]>,
  { familyId, epoch, source }: DiskRestorePoint,
): Ranges {
  const epochs = families.get(familyId) ?? [];
  const before = epochs[epochs.indexOf(epoch) - 1] ?? -1;
  return changes.between(source.uniqueId, before, epoch);
}
