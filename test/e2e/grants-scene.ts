/** Grants over HTTP, as their holders ask for them and use them. */
import { z } from "zod";
import type { Stack } from "../../local/stack/start-stack.ts";
import { vmKeyOf } from "../../local/stack/vm-address.ts";
import { blobOf, statusOf } from "../integration/arm/disk-endpoint/sas.ts";
import { listedVm, restorePoints } from "./api.ts";
import { waitFor } from "./wait-for.ts";

const grantSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  expiresAt: z.string(),
  diskRestorePointId: z.string(),
  lagSeconds: z.number().optional(),
  ending: z.looseObject({ cause: z.string() }).optional(),
});
type GrantAnswer = z.infer<typeof grantSchema>;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export type Ask = (caller: string, method: string, path: string, body?: unknown) => Promise<Answer>;

export class GrantsScene {
  readonly stack: Stack;

  constructor(stack: Stack) {
    this.stack = stack;
  }

  readonly ask: Ask = async (caller, method, path, body) => {
    const response = await this.stack.api(path, { caller, method, body });
    const text = await response.text();
    const { status, headers } = response;
    return { status, headers, body: text === "" ? undefined : JSON.parse(text) };
  };

  request(caller: string, vm: string, restorePoint: string, duration = "PT1H"): Promise<Answer> {
    const disk = `${vm}-os`;
    const body = { vm: vmKeyOf(vm), restorePoint, disk, duration, reason: "Backup", ticket: "B-1" };
    return this.ask(caller, "POST", "/grants", body);
  }

  /** Asks, and waits for the operation that the answer names. */
  async granted(...asked: Parameters<GrantsScene["request"]>): Promise<GrantAnswer> {
    const { status, headers, body } = await this.request(...asked);
    if (status !== 202) throw new Error(`The request was answered ${status}.`);
    await this.succeeded(asked[0], headers);
    return grantSchema.parse(body);
  }

  async succeeded(caller: string, headers: Headers): Promise<void> {
    const { pathname, search } = new URL(headers.get("operation-location") ?? "");
    await waitFor("the operation to succeed", async () => {
      const { body } = await this.ask(caller, "GET", pathname.replace(/^\/api/, "") + search);
      const { status } = z.looseObject({ status: z.string() }).parse(body);
      if (status === "Failed") throw new Error(`The operation failed: ${JSON.stringify(body)}`);
      return status === "Succeeded" || undefined;
    });
  }

  async grant(caller: string, id: string): Promise<GrantAnswer> {
    return grantSchema.parse((await this.ask(caller, "GET", `/grants/${id}`)).body);
  }

  async sas(caller: string, id: string): Promise<string> {
    const { body } = await this.ask(caller, "POST", `/grants/${id}/access`);
    return z.looseObject({ accessSas: z.url() }).parse(body).accessSas;
  }

  /** Until it opens nothing any more. */
  async shut(sas: string): Promise<void> {
    const isShut = async () => (await statusOf(sas)) === 403 || undefined;
    await waitFor("the SAS to be refused", isShut);
  }

  async revoked(caller: string, id: string): Promise<GrantAnswer> {
    return await waitFor("the grant to be Revoked", async () => {
      const grant = await this.grant(caller, id);
      return grant.state === "Revoked" ? grant : undefined;
    });
  }

  /** A restore point for a tag that comes back. */
  async nextPoint(vm: string, slot: string): Promise<string> {
    await this.stack.tagVm(vm, undefined);
    await waitFor("the VM to be unprotected", async () =>
      (await listedVm(this.stack, vm))?.state === "Unprotected" ? true : undefined,
    );
    await this.stack.tagVm(vm, "hourly");
    const { name } = await waitFor(`the restore point of ${slot}`, async () =>
      (await restorePoints(this.stack, vm)).find(
        (point) => point.slot === slot && point.state === "Succeeded",
      ),
    );
    return name;
  }
}

/** Everything that is in use on the disk behind a SAS, read as a backup reads it. */
export async function download(sas: string): Promise<{ offset: number; bytes: Buffer }[]> {
  const blob = blobOf(sas);
  const { pageRange = [] } = await blob.getPageRanges();
  const parts = pageRange.map(async ({ offset, count = 0 }) => ({
    offset,
    // The SDK's count is one short of the bytes: it takes the last byte for the one after it.
    bytes: await blob.downloadToBuffer(offset, count + 1),
  }));
  return await Promise.all(parts);
}
