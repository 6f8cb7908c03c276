/** The ports of the emulator. With a folder they are kept: SAS and clients have learned them. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { freePort } from "../../loopback/free-port.ts";
import { isFree } from "../../loopback/is-free.ts";

const portsSchema = z.strictObject({
  arm: z.int(),
  control: z.int(),
  disks: z.int(),
  identity: z.int(),
});

export type AlonePorts = z.infer<typeof portsSchema>;

const USUAL_ARM = 7443;

/** `port`: for ARM, whatever was kept; 0: a free one. Throws when one that must be had is taken. */
export async function choosePorts(
  port: number | undefined,
  folder: string | undefined,
): Promise<AlonePorts> {
  const file = folder === undefined ? undefined : join(folder, "ports.json");
  const kept = file === undefined ? undefined : readPorts(file);
  const chosen: AlonePorts = {
    control: kept?.control ?? (await freePort()),
    disks: kept?.disks ?? (await freePort()),
    identity: kept?.identity ?? (await freePort()),
    arm: await armPort(port, kept),
  };
  for (const [part, number] of Object.entries(chosen)) {
    if (!(await isFree(number))) throw new Error(describeTaken(part, number, kept, file));
  }
  if (file !== undefined) {
    writeFileSync(`${file}.new`, `${JSON.stringify(chosen)}\n`);
    renameSync(`${file}.new`, file);
  }
  return chosen;
}

async function armPort(port: number | undefined, kept: AlonePorts | undefined): Promise<number> {
  if (port === 0) return await freePort();
  if (port !== undefined) return port;
  if (kept) return kept.arm;
  return (await isFree(USUAL_ARM)) ? USUAL_ARM : await freePort();
}

function readPorts(file: string): AlonePorts | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return portsSchema.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

const describeTaken = (
  part: string,
  port: number,
  kept: AlonePorts | undefined,
  file: string | undefined,
): string =>
  kept && Object.values(kept).includes(port)
    ? `Port ${port}, at which clients of this data know ${part}, is taken. Stop what uses it, or delete ${file} to choose others.`
    : `Port ${port} is taken. Choose another one with --port.`;
