/** The emulator with what it cannot do without: storage, tokens and Event Grid. */
import { join } from "node:path";
import { startAzurite } from "../../azurite/start-azurite.ts";
import { blobDeadLetters } from "../../event-grid/blob-dead-letters.ts";
import { startEventGrid } from "../../event-grid/start-event-grid.ts";
import { ARM_AUDIENCE } from "../../identity/audience.ts";
import { type Identity, startIdentity } from "../../identity/start-identity.ts";
import { Closers } from "../../stack/closers.ts";
import { appStorage, diskStorage } from "../../stack/disk-storage.ts";
import { trustInThisProcess } from "../../tls/certificate.ts";
import { keptCertificate } from "../../tls/kept-certificate.ts";
import { Clock } from "../clock.ts";
import { startControl } from "../control/start-control.ts";
import { finishLoading } from "../control/state.ts";
import { startArm } from "../start-arm.ts";
import { choosePorts } from "./choose-ports.ts";
import { openFolder } from "./folder.ts";

export interface Alone {
  readonly addresses: AloneAddresses;
  close(): Promise<void>;
}

/** What `--json` prints. */
export interface AloneAddresses {
  readonly arm: string;
  readonly control: string;
  /** Where SAS point to. */
  readonly disks: string;
  /** Connection string of the storage account for dead letters; its key is the one that everybody knows. */
  readonly storage: string;
  readonly tokenEndpoint: string;
  readonly issuer: string;
  /** Path of the file. */
  readonly certificateAuthority: string;
  /** For ARM. */
  readonly token: string;
  readonly tokenExpiresAt: string;
}

interface AloneOptions {
  readonly port: number | undefined;
  /** Left out: a temporary one, which is removed at the end. */
  readonly data: string | undefined;
}

/** Ends what it started when a part fails. */
export async function startAlone(options: AloneOptions): Promise<Alone> {
  const closers = new Closers();
  try {
    const addresses = await startParts(options, closers);
    return { addresses, close: () => closers.close() };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function startParts({ port, data }: AloneOptions, closers: Closers): Promise<AloneAddresses> {
  const folder = await openFolder(data);
  closers.add(folder.close);
  const kept = data === undefined ? undefined : folder.path;
  const ports = await choosePorts(port, kept);
  const certificate = await keptCertificate(folder.path);
  trustInThisProcess(certificate);
  const azurite = await startAzurite({
    certificate,
    endsWithUs: true,
    ...(kept && { folder: join(kept, "azurite") }),
  });
  closers.add(azurite.stop);
  const identity = await startIdentity({
    certificate,
    port: ports.identity,
    ...(kept && { signingKeyFile: join(kept, "tokens.key") }),
  });
  closers.add(identity.close);
  const clock = new Clock();
  closers.add(async () => clock.close());
  const deadLetters = blobDeadLetters(appStorage(azurite));
  const eventGrid = startEventGrid({ clock, deadLetters });
  closers.add(eventGrid.close);
  const arm = await startArm({
    certificate,
    port: ports.arm,
    diskPort: ports.disks,
    verifyToken: identity.verifyArmToken,
    loginEndpoint: identity.issuer,
    disks: diskStorage(azurite),
    clock,
    eventGrid,
    onChange: eventGrid.publish,
    ...(kept && { folder: kept }),
  });
  closers.add(arm.close);
  if (kept) await finishLoading(arm, kept);
  const control = await startControl({
    arm,
    eventGrid,
    port: ports.control,
    ...(kept && { folder: kept }),
  });
  closers.add(control.close);
  return {
    arm: arm.url,
    control: control.url,
    disks: arm.emulator.diskEndpoint,
    storage: azurite.connectionString(azurite.account),
    tokenEndpoint: identity.tokenEndpoint,
    issuer: identity.issuer,
    certificateAuthority: certificate.caFile,
    ...(await tokenFor(identity)),
  };
}

const TOKEN_SECONDS = 24 * 3600;

async function tokenFor({ issueToken }: Identity) {
  const tokenExpiresAt = new Date(Date.now() + TOKEN_SECONDS * 1000).toISOString();
  const options = { audience: ARM_AUDIENCE, expiresInSeconds: TOKEN_SECONDS };
  return { token: await issueToken("operator", options), tokenExpiresAt };
}
