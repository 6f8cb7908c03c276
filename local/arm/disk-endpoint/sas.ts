/**
 * Shared access signatures, in the shape of those that Azure gives for managed disks:
 * `https://<endpoint>/<token>/abcd?sv=…&sr=b&sk=key1&sig=…&st=…&se=…&sp=r`.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Access } from "./access.ts";

const VERSION = "2018-03-28";
const BLOB = "abcd";
const SIGNED = ["sv", "sr", "sk", "st", "se", "sp"] as const;

export class AccessKey {
  readonly #key: Buffer;

  constructor(key: Buffer = randomBytes(32)) {
    this.#key = key;
  }

  /** `endpoint`: without a slash at the end. */
  urlOf(endpoint: string, { token, level, startsAt, signedUntil }: Access): string {
    const url = new URL(`${endpoint}/${token}/${BLOB}`);
    const parameters = {
      sv: VERSION,
      sr: "b",
      sk: "key1",
      // Holds its place, where Azure has it.
      sig: "",
      st: toSeconds(startsAt),
      se: toSeconds(signedUntil),
      sp: level === "Write" ? "rw" : "r",
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    url.searchParams.set("sig", this.#sign(url));
    return url.href;
  }

  /** The token of a URL that this key has signed, with every parameter as it was signed. */
  verify(url: URL): string | undefined {
    const names = [...SIGNED, "sig"];
    if (names.some((name) => url.searchParams.getAll(name).length !== 1)) return undefined;
    const given = Buffer.from(url.searchParams.get("sig") ?? "");
    const right = Buffer.from(this.#sign(url));
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    return url.pathname.split("/")[1];
  }

  #sign({ pathname, searchParams }: URL): string {
    const text = [pathname, ...SIGNED.map((name) => searchParams.get(name) ?? "")].join("\n");
    return createHmac("sha256", this.#key).update(text).digest("base64");
  }
}

/** `2021-05-24T18:02:34Z` */
const toSeconds = (instant: string): string => instant.replace(/\.\d+Z$/, "Z");
