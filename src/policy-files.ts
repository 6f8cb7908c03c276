/** The policies that are deployed with the app: every `*.json` in the folder beside the bundle. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { PolicyFile } from "./lib/policy/apply-policy-files.ts";

/** No folder is no policies: they can all come by the API. */
export const policyFilesIn = (folder: URL) => async (): Promise<PolicyFile[]> => {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith(".json")).sort();
  return await Promise.all(
    files.map(async (file) => {
      const text = await readFile(new URL(encodeURIComponent(file), folder), "utf8");
      const hash = createHash("sha256").update(text).digest("base64url");
      return { name: file.slice(0, -".json".length), text, hash };
    }),
  );
};
