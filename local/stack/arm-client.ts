/** Requests to Azure Resource Manager over REST, as an operator with every right. */
import { ARM_AUDIENCE } from "../identity/audience.ts";
import type { StackAddresses } from "./addresses.ts";
import type { Tokens } from "./tokens.ts";

/** `path` begins with `/subscriptions` and has its api-version. Throws ARM's error unless it answers 2xx. */
export type ArmRequest = (method: string, path: string, body?: unknown) => Promise<Response>;

export function createArmRequest({ arm }: Pick<StackAddresses, "arm">, tokens: Tokens): ArmRequest {
  return async (method, path, body) => {
    const url = new URL(path, arm);
    const token = await tokens.get("operator", ARM_AUDIENCE);
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    throw new ArmRequestError(`${method} ${url.pathname}`, response.status, await response.text());
  };
}

export class ArmRequestError extends Error {
  readonly status: number;

  constructor(request: string, status: number, body: string) {
    super(`${request} answered ${status}: ${body}`);
    this.status = status;
  }
}
