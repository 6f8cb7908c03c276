/** A grant on the bytes of a disk or disk restore point, without what opens them: the URL is made when it is asked for. */
import { randomBytes } from "node:crypto";

export interface Access {
  /** ARM id of the disk or disk restore point. */
  readonly id: string;
  /** First part of the URL's path; of this grant only, so that a URL that was revoked never opens anything again. */
  readonly token: string;
  readonly level: "Read" | "Write";
  readonly startsAt: string;
  /** As the URL says it. */
  readonly signedUntil: string;
  /** When it ends: moved when it is extended, which leaves the URL as it is. */
  readonly expiresAt: string;
}

export interface Grant {
  readonly id: string;
  readonly level: Access["level"];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly durationMs: number;
}

export function newAccess({ id, level, now, durationMs }: Grant): Access {
  const expiresAt = new Date(now + durationMs).toISOString();
  return {
    id,
    token: randomBytes(16).toString("hex"),
    level,
    startsAt: new Date(now).toISOString(),
    signedUntil: expiresAt,
    expiresAt,
  };
}
