/** For commands: the stack that `npm start` runs in another process. */
import { readFile } from "node:fs/promises";
import { trustInThisProcess } from "../tls/certificate.ts";
import type { StackAddresses } from "./addresses.ts";
import { type ApiRequest, createApiRequest } from "./api-client.ts";
import { type ArmRequest, createArmRequest } from "./arm-client.ts";
import { findRunningStack } from "./stack-file.ts";
import { createTokens, type Tokens } from "./tokens.ts";

export interface StackConnection {
  readonly addresses: StackAddresses;
  readonly tokens: Tokens;
  readonly api: ApiRequest;
  readonly armRequest: ArmRequest;
}

/** Throws, saying what to do, when none runs. */
export async function connectToStack(): Promise<StackConnection> {
  const found = await findRunningStack();
  if (!found) throw new Error("No stack is running. Start it in another terminal: npm start");
  const { addresses, caFile } = found;
  trustInThisProcess({ ca: await readFile(caFile, "utf8") });
  const tokens = createTokens(addresses);
  return {
    addresses,
    tokens,
    api: createApiRequest(addresses.apiAudience, () => addresses.functions, tokens),
    armRequest: createArmRequest(addresses, tokens),
  };
}
