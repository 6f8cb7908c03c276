/**
 * A local certificate authority and one server certificate for localhost, made anew at every start.
 * The real SDKs send bearer tokens over TLS only, so everything that takes a token here is served over TLS.
 */
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { generate, type SubjectAltNameEntry } from "selfsigned";

/** PEM texts, and the files that hold them for other processes. */
export interface Certificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** For `NODE_EXTRA_CA_CERTS` and `curl --cacert`. */
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

const LOOPBACK: SubjectAltNameEntry[] = [
  { type: 2, value: "localhost" },
  { type: 7, ip: "127.0.0.1" },
];

/** Makes the certificate and writes it into `folder`. The CA's private key is never written. */
export async function createCertificate(folder: string): Promise<Certificate> {
  // A process may come to trust several of these, and finds the signer of a certificate by its name.
  const name = `vm-restore-points local CA ${randomUUID()}`;
  const authority = await generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "subjectAltName", altNames: LOOPBACK },
    ],
  });
  const files = filesIn(folder);
  const { caFile, certFile, keyFile } = files;
  await mkdir(folder, { recursive: true });
  await writeFile(caFile, authority.cert);
  await writeFile(certFile, server.cert);
  await writeFile(keyFile, server.private, { mode: 0o600 });
  return { ca: authority.cert, cert: server.cert, key: server.private, ...files };
}

export const filesIn = (folder: string): Pick<Certificate, "caFile" | "certFile" | "keyFile"> => ({
  caFile: join(folder, "ca.pem"),
  certFile: join(folder, "localhost.pem"),
  keyFile: join(folder, "localhost.key"),
});

/** Makes this process trust the local CA, for `fetch` and for every Azure SDK. */
export function trustInThisProcess(certificate: Pick<Certificate, "ca">): void {
  setDefaultCACertificates([...getCACertificates("default"), certificate.ca]);
}
