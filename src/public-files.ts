/** Files beside the bundle that anybody may read. Read once: a deployment is a new process. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

const TYPES = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  png: "image/png",
  json: "application/json",
} as const;

/** All there are. A name that a request has is never more than looked up here. */
const NAMES = [
  "openapi.json",
  ...(["docs/index.html", "docs/show.js"] as const),
  ...(["docs/swagger-ui-bundle.js", "docs/swagger-ui.css", "docs/favicon-32x32.png"] as const),
] as const;

interface PublicFile {
  readonly type: string;
  readonly etag: string;
  readonly bytes: Uint8Array;
}

/** Undefined: there is no such file. */
export type ReadPublicFile = (name: string) => Promise<PublicFile | undefined>;

export function publicFilesIn(folder: URL): ReadPublicFile {
  const read = new Map<string, PublicFile>();
  return async (name) => {
    const known = NAMES.find((each) => each === name);
    if (known === undefined) return undefined;
    const file = read.get(known) ?? (await readPublicFile(folder, known));
    read.set(known, file);
    return file;
  };
}

async function readPublicFile(folder: URL, name: (typeof NAMES)[number]): Promise<PublicFile> {
  const bytes = await readFile(new URL(name, folder));
  const hash = createHash("sha256").update(bytes).digest("base64url");
  const ending = name.slice(name.lastIndexOf(".") + 1) as keyof typeof TYPES;
  return { type: TYPES[ending], etag: `"${hash}"`, bytes };
}
