/** Azurite for one test file, over TLS as Azure is. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TokenCredential } from "@azure/core-auth";
import { type Azurite, startAzurite } from "../../local/azurite/start-azurite.ts";
import {
  type Certificate,
  createCertificate,
  trustInThisProcess,
} from "../../local/tls/certificate.ts";

export interface RealStorage {
  readonly azurite: Azurite;
  readonly certificate: Certificate;
  readonly connectionString: string;
  /** Addresses of the app's account. */
  readonly urls: ReturnType<Azurite["urls"]>;
  close(): Promise<void>;
}

export async function startRealStorage(): Promise<RealStorage> {
  const folder = await mkdtemp(join(tmpdir(), "contract-"));
  const certificate = await createCertificate(folder);
  trustInThisProcess(certificate);
  const azurite = await startAzurite({ certificate });
  return {
    azurite,
    certificate,
    connectionString: azurite.connectionString(azurite.account),
    urls: azurite.urls(azurite.account),
    close: async () => {
      await azurite.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A token that Azurite takes: it reads the claims and does not check the signature. */
export const storageCredential: TokenCredential = {
  getToken: async () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...{ iat: now, nbf: now, exp: now + 3600 },
      iss: "https://sts.windows.net/00000000-0000-0000-0000-000000000000/",
      aud: "https://storage.azure.com",
    };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.AAAA`;
    return { token, expiresOnTimestamp: (now + 3600) * 1000 };
  },
};
