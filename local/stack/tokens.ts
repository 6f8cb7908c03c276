/** Access tokens of the seeded callers, from the stack's own token endpoint, as its users get theirs. */
import { callerNamed } from "../identity/callers.ts";
import type { StackAddresses } from "./addresses.ts";

export interface Tokens {
  /** Cached until shortly before it expires. */
  get(caller: string, audience: string): Promise<string>;
}

interface Token {
  readonly text: string;
  readonly expiresAt: number;
}

const REFRESH_BEFORE_MILLISECONDS = 5 * 60_000;

export function createTokens({ tokenEndpoint }: Pick<StackAddresses, "tokenEndpoint">): Tokens {
  const cache = new Map<string, Token>();
  return {
    get: async (caller, audience) => {
      const key = `${caller} ${audience}`;
      const cached = cache.get(key);
      if (cached && cached.expiresAt > Date.now() + REFRESH_BEFORE_MILLISECONDS) return cached.text;
      const fresh = await requestToken(tokenEndpoint, caller, audience);
      cache.set(key, fresh);
      return fresh.text;
    },
  };
}

async function requestToken(endpoint: string, caller: string, audience: string): Promise<Token> {
  const { clientId, clientSecret } = callerNamed(caller);
  const response = await fetch(endpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${audience}/.default`,
    }),
  });
  if (!response.ok) throw new Error(`The token endpoint answered ${response.status}.`);
  // Answered by `local/identity`.
  const answer = (await response.json()) as { access_token: string; expires_in: number };
  return { text: answer.access_token, expiresAt: Date.now() + answer.expires_in * 1000 };
}
