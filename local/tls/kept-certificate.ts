/** The certificate that is in a folder already, so that whoever trusts it need not learn another; else a new one. */
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Certificate, createCertificate, filesIn } from "./certificate.ts";

const RENEWED_BEFORE_MS = 30 * 86_400_000;

export async function keptCertificate(folder: string): Promise<Certificate> {
  return (await readCertificate(folder)) ?? (await createCertificate(folder));
}

/** Undefined when there is none, or only part of one, or one that ends soon. */
async function readCertificate(folder: string): Promise<Certificate | undefined> {
  const files = filesIn(folder);
  try {
    const [ca, cert, key] = await Promise.all(
      [files.caFile, files.certFile, files.keyFile].map((file) => readFile(file, "utf8")),
    );
    if (ca === undefined || cert === undefined || key === undefined) return undefined;
    const parsed = new X509Certificate(cert);
    const isWhole = parsed.checkIssued(new X509Certificate(ca));
    const isFresh = parsed.validToDate.getTime() > Date.now() + RENEWED_BEFORE_MS;
    return isWhole && isFresh ? { ca, cert, key, ...files } : undefined;
  } catch {
    return undefined;
  }
}
