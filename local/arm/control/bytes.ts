/** `/_emulator/bytes`: the bytes of a disk or of a disk restore point, by ARM id, past all grants. */
import { type DiskHandle, diskHandle } from "../disk-handle.ts";
import { bytesOf, demandKnownQuery, numberIn } from "./control-body.ts";
import { badInput, ControlError, notFound } from "./control-error.ts";
import type { Controlled, ControlRequest, ControlRoutes } from "./control-route.ts";

const PAGE = 512;
const PIECE = 4 * 1024 ** 2;
const LARGEST_WRITE = 256 * 1024 ** 2;

export function bytesRoutes({ arm: { emulator } }: Controlled): ControlRoutes {
  const idOf = ({ url }: ControlRequest): string => {
    const id = url.searchParams.get("id");
    if (id) return id;
    throw badInput("id", "the ARM id of a disk or of a disk restore point is required.");
  };
  const find = (request: ControlRequest): DiskHandle => {
    demandKnownQuery(request, "id", "offset", "count");
    const handle = diskHandle(emulator, idOf(request));
    if (handle) return handle;
    throw notFound("id: there is neither a disk nor a disk restore point of this id.", "id");
  };
  return {
    bytes: {
      GET: async (request) => {
        const disk = find(request);
        const { offset, count } = windowOf(request, disk);
        // The first piece before the answer: what cannot be read is an error, not half an answer.
        const first = await disk.read(offset, Math.min(PIECE, count));
        const type = "application/octet-stream";
        return { type, stream: pieces(disk, first, offset, count) };
      },
      PUT: async (request) => {
        const disk = find(request);
        if (emulator.state.disks.get(idOf(request)) === undefined) {
          const message = "id: a disk restore point never changes.";
          throw new ControlError(409, "OperationNotAllowed", message, "id");
        }
        const offset = numberIn(request, "offset", 0);
        const data = await bytesOf(request, LARGEST_WRITE);
        if (numberIn(request, "count", data.length) !== data.length)
          throw badInput("count", `the body has ${data.length} bytes.`);
        demandPages("offset", offset);
        demandPages("body", data.length);
        demandInside(disk, offset, data.length);
        await disk.write(offset, data);
        return undefined;
      },
    },
  };
}

/** Without `count`: to the end of the disk. */
function windowOf(request: ControlRequest, disk: DiskHandle) {
  const offset = numberIn(request, "offset", 0);
  const count = numberIn(request, "count", Math.max(0, disk.sizeInBytes - offset));
  demandInside(disk, offset, count);
  return { offset, count };
}

function demandInside({ sizeInBytes }: DiskHandle, offset: number, count: number): void {
  if (offset > sizeInBytes) throw badInput("offset", `the disk has ${sizeInBytes} bytes.`);
  if (offset + count > sizeInBytes) throw badInput("count", `the disk has ${sizeInBytes} bytes.`);
}

function demandPages(target: string, bytes: number): void {
  if (bytes % PAGE !== 0) throw badInput(target, `must be whole pages of ${PAGE} bytes.`);
}

async function* pieces(
  disk: DiskHandle,
  first: Buffer,
  offset: number,
  count: number,
): AsyncGenerator<Buffer> {
  yield first;
  for (let at = first.length; at < count; at += PIECE) {
    yield await disk.read(offset + at, Math.min(PIECE, count - at));
  }
}
