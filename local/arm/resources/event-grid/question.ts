/** What a webhook that does not agree at once is asked: to visit an address that nobody else can know. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** As long as Azure waits. */
export const PATIENCE_MS = 10 * 60_000;

interface Question {
  readonly url: string;
  /** Of the token in the address, which itself is not kept. */
  readonly tokenHash: string;
}

export function ask(base: string, id: string): Question {
  const token = randomBytes(32).toString("hex");
  const url = new URL(base);
  url.searchParams.set("id", id);
  url.searchParams.set("token", token);
  return { url: url.href, tokenHash: hashOf(token) };
}

/** The id of the event subscription that the address is about. */
export const idIn = ({ searchParams }: URL): string => searchParams.get("id") ?? "";

export const answers = ({ searchParams }: URL, tokenHash: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(searchParams.get("token") ?? "")), Buffer.from(tokenHash));

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
