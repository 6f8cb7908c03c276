/** A VM with one restore point, and holders that ask for its disk over HTTP, on the virtual clock. */
import type { HttpResponseInit } from "@azure/functions";
import type { Principal } from "../../src/lib/api/principal.ts";
import type { VirtualMachine } from "../../src/lib/fleet/virtual-machine.ts";
import type { VmKey } from "../../src/lib/fleet/vm-key.ts";
import type { Grant } from "../../src/lib/grants/grant.ts";
import { type GrantId, grantKey } from "../../src/lib/grants/grant-id.ts";
import type { Notification } from "../../src/lib/notify/notification.ts";
import { type Asked, request } from "../fakes/invocation.ts";
import { allOf } from "../fakes/memory-tables.ts";
import { World } from "./world.ts";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const ALICE: Principal = { id: "alice", kind: "person", roles: ["Operator"] };
export const BOB: Principal = { id: "bob", kind: "person", roles: ["Operator"] };

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Readonly<Record<string, string>>;
}

export class GrantsScene {
  /** What operators were told. */
  readonly published: Notification[] = [];
  readonly world = new World({ publish: async (told) => void this.published.push(told) });
  readonly vm: VmKey;
  /** Everything that the app has logged. */
  readonly lines: string[] = [];

  constructor(vm: Partial<VirtualMachine> = {}) {
    // What opens the disk after its time, nobody but EndGetAccess has failed to end.
    this.world.arm.ignoreSasExpiry = true;
    this.world.log = (line) => this.lines.push(line);
    this.vm = this.world.addVm("web-01", vm);
  }

  /** With its first restore point. */
  async protect(): Promise<void> {
    await this.world.tag(this.vm, "hourly");
    await this.world.pass(2 * MINUTE);
  }

  /** Undefined: the process died before it answered. */
  async ask(route: string, by: Principal, asked: Asked & { query?: string } = {}) {
    const { query = "", ...rest } = asked;
    const asking = request(`grants?api-version=2026-11-01${query}`, {
      ...rest,
      headers: { authorization: JSON.stringify(by), ...asked.headers },
    });
    const answer = await this.world.call(route, asking);
    if (answer === undefined) return undefined;
    const { status = 200, jsonBody = {}, headers = {} } = answer as HttpResponseInit;
    return { status, body: jsonBody, headers } as Answer;
  }

  /** Of the disk of the first restore point. */
  request(by: Principal = ALICE, more: Record<string, unknown> = {}, headers = {}) {
    const body = {
      vm: this.vm,
      restorePoint: "t1-a1",
      disk: "web-01-os",
      reason: "Backup",
      ...more,
    };
    return this.ask("PostGrant", by, { method: "POST", body, headers });
  }

  read(id: string, by: Principal = ALICE) {
    return this.ask("PostAccess", by, { method: "POST", params: { id } });
  }

  end(id: string, by: Principal = ALICE) {
    return this.ask("DeleteGrant", by, { method: "DELETE", params: { id } });
  }

  grants(): Promise<Grant[]> {
    return allOf(this.world.tables.grants);
  }

  async grant(id: string): Promise<Grant | undefined> {
    return (await this.world.tables.grants.get(grantKey(id as GrantId)))?.record;
  }

  /** What operators were told of a grant, each as often as they were. */
  told(id: string): string[] {
    const about = this.published.filter(({ data }) => "grant" in data && data.grant === id);
    return about.map(({ type }) => type.replace("VmRestorePoints.", ""));
  }

  /** URLs that open a disk now. */
  open(): string[] {
    const { arm } = this.world;
    return arm.accesses.map(({ url }) => url).filter((url) => arm.opens(url));
  }

  /** Everything that outlives the process or leaves it, as text. */
  async everything(): Promise<string> {
    const tables = await Promise.all(
      Object.values(this.world.tables).map((table) => allOf(table as never)),
    );
    const queues = [...this.world.durable.queues.values()];
    return JSON.stringify([tables, queues, this.lines, this.published]);
  }
}
