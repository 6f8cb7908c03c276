/** The parts that need no other: the certificate, storage and identity. */
import { type Azurite, startAzurite } from "../azurite/start-azurite.ts";
import { type Identity, startIdentity } from "../identity/start-identity.ts";
import { type Certificate, createCertificate, trustInThisProcess } from "../tls/certificate.ts";
import type { Closers } from "./closers.ts";
import { createQueues } from "./create-queues.ts";
import { makeFolder, type StackOptions } from "./stack-options.ts";

export interface Foundation {
  readonly certificate: Certificate;
  readonly azurite: Azurite;
  readonly identity: Identity;
}

export async function startFoundation(
  { folder, ports }: Pick<StackOptions, "folder" | "ports">,
  closers: Closers,
): Promise<Foundation> {
  const { path, remove } = await makeFolder(folder);
  closers.add(remove);
  const certificate = await createCertificate(path);
  trustInThisProcess(certificate);
  const storagePorts = ports && { blob: ports.blob, queue: ports.queue, table: ports.table };
  const azurite = startAzurite({
    certificate,
    ...(storagePorts && { ports: storagePorts }),
  }).then(async (started) => {
    closers.add(started.stop);
    await createQueues(started);
    return started;
  });
  const identity = startIdentity({
    certificate,
    ...(ports && { port: ports.identity, managedIdentityPort: ports.managedIdentity }),
  }).then((started) => {
    closers.add(started.close);
    return started;
  });
  // Both to the end, so that a failure of one leaves nothing behind that nobody closes.
  await Promise.allSettled([azurite, identity]);
  return { certificate, azurite: await azurite, identity: await identity };
}
