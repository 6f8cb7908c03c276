/** beginGetAccess and endGetAccess without the SDK. */
import type { Answer } from "../ask.ts";
import { diskId, restorePointId } from "../names.ts";
import type { Arm } from "../scene.ts";

const DISK_VERSION = { query: "?api-version=2026-03-02" };
const READ = { access: "Read", durationInSeconds: 3600 };

export const diskPath = (point: string, disk: string): string =>
  `${restorePointId("web-01-rpc", point)}/diskRestorePoints/${disk}`;

export const begin = async (
  { ask }: Arm,
  point: string,
  disk: string,
  body: object = {},
): Promise<Answer> =>
  await ask("POST", `${diskPath(point, disk)}/beginGetAccess`, {
    body: { ...READ, ...body },
    ...DISK_VERSION,
  });

export const end = async ({ ask }: Arm, point: string, disk: string): Promise<Answer> =>
  await ask("POST", `${diskPath(point, disk)}/endGetAccess`, DISK_VERSION);

export const beginOnDisk = async ({ ask }: Arm, name: string, body: object): Promise<Answer> =>
  await ask("POST", `${diskId(name)}/beginGetAccess`, {
    body: { ...READ, ...body },
    ...DISK_VERSION,
  });
