/** Grants and their audit entries, as far as the demo shows them. */
import { z } from "zod";
import { callerNamed } from "../identity/callers.ts";
import type { ApiRequest } from "../stack/api-client.ts";

/** Who asks for the disk: a backup vendor. */
export const HOLDER = "partner-a";

const grantSchema = z.object({
  id: z.string(),
  state: z.string(),
  requestedAt: z.string(),
  expiresAt: z.string(),
  lagSeconds: z.number().optional(),
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
});
export type DemoGrant = z.infer<typeof grantSchema>;

const entrySchema = z.object({
  at: z.string(),
  action: z.string(),
  actor: z.object({ id: z.string(), kind: z.string() }),
  grant: z.string().optional(),
  reason: z.string().optional(),
  code: z.string().optional(),
  lagMs: z.number().optional(),
});
export type AuditLine = z.infer<typeof entrySchema>;

export interface AskedDisk {
  readonly vm: string;
  readonly restorePoint: string;
  readonly disk: string;
  /** ISO 8601. */
  readonly duration: string;
  readonly reason: string;
}

export const requestGrant = async (api: ApiRequest, asked: AskedDisk): Promise<DemoGrant> =>
  grantSchema.parse(await ask(api, "POST", "/grants", asked));

export const readGrant = async (api: ApiRequest, id: string): Promise<DemoGrant> =>
  grantSchema.parse(await ask(api, "GET", `/grants/${id}`));

/** The SAS: never to be printed. */
export const readSas = async (api: ApiRequest, id: string): Promise<string> =>
  z.object({ accessSas: z.url() }).parse(await ask(api, "POST", `/grants/${id}/access`)).accessSas;

/** Partners do not read the audit log, operators do. */
export async function readAudit(
  api: ApiRequest,
  { id, requestedAt }: DemoGrant,
): Promise<AuditLine[]> {
  const query = new URLSearchParams({ holder: callerNamed(HOLDER).clientId, top: "200" });
  query.set("from", requestedAt);
  const answer = await ask(api, "GET", `/audit?${query}`, undefined, "operator");
  const { value } = z.object({ value: z.array(entrySchema) }).parse(answer);
  return value.filter(({ grant }) => grant === id);
}

async function ask(
  api: ApiRequest,
  method: string,
  path: string,
  body?: object,
  caller = HOLDER,
): Promise<unknown> {
  const response = await api(path, { caller, method, body });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new Error(`${method} ${path.split("?")[0]} answered ${response.status}: ${text}`);
}
