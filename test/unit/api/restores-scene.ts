/** The routes of restores, in the whole app on a virtual clock: what is asked for over HTTP is carried out. */
import type { HttpResponseInit } from "@azure/functions";
import { expect } from "vitest";
import type { Principal } from "../../../src/lib/api/principal.ts";
import type { Partner } from "../../../src/lib/partners/partner.ts";
import { expectDescribed } from "../../described/expect-described.ts";
import { request } from "../../fakes/invocation.ts";
import { PARTNER_ID, partner } from "../../fixtures/partners.ts";
import { policies, policy } from "../../fixtures/records.ts";
import { MINUTE, REGION, RestoresScene } from "../../simulation/restores-scene.ts";
import { World } from "../../simulation/world.ts";

const OPERATOR: Principal = { id: "alice", kind: "person", roles: ["Operator"] };
export const PARTNER: Principal = { id: "an-app", kind: "app", roles: [], clientId: PARTNER_ID };

export interface RestoreAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RestoreBody;
}

/** As far as the tests look into it by name. */
interface RestoreBody {
  readonly id: string;
  readonly status: string;
  readonly attempt: number;
  readonly percentComplete: number;
  readonly resources: readonly { readonly resourceId: string }[];
  readonly problems: readonly { readonly code: string }[];
  readonly value: readonly RestoreBody[];
  readonly nextLink?: string;
}

interface Asked {
  readonly as?: Principal;
  readonly headers?: Record<string, string>;
  readonly point?: string;
}

export class RestoreApi {
  readonly it: RestoresScene;

  private constructor(it: RestoresScene) {
    this.it = it;
  }

  static async begun(): Promise<RestoreApi> {
    return new RestoreApi(await new RestoresScene().begin());
  }

  /** While the restore point is copied. */
  static async copying(): Promise<RestoreApi> {
    const copies = [{ region: REGION, retention: { last: 3 } }];
    const world = new World({ policies: policies(policy("copied", { copies })) });
    const it = await new RestoresScene({ world }).begin("copied");
    await world.pass(2 * MINUTE);
    expect(await it.copyState()).toBe("Copying");
    return new RestoreApi(it);
  }

  get world() {
    return this.it.world;
  }

  restore(body: unknown, { as, headers, point = this.it.point }: Asked = {}) {
    const asked = { method: "POST", body, ...(headers ? { headers } : {}) } as const;
    return this.#ask("PostRestore", { vm: this.it.vm, point }, asked, as);
  }

  look(operation: string, as?: Principal) {
    return this.#ask("GetOperation", { operation }, {}, as);
  }

  list(query = "", as?: Principal) {
    return this.#ask("ListRestores", { vm: this.it.vm }, { query }, as);
  }

  /** The headers with which a request can be sent again. */
  repeatably(id = "6b2c9f3e-0000-4000-8000-00000000000a"): Record<string, string> {
    const sent = new Date(this.world.now).toUTCString();
    return { "Repeatability-Request-ID": id, "Repeatability-First-Sent": sent };
  }

  async addPartner(more: Partial<Partner> = {}): Promise<void> {
    const scope = [{ subscriptionId: "sub-1", resourceGroup: "rg-1" }];
    await this.world.tables.partners.insert(partner({ verbs: ["restores"], scope, ...more }));
  }

  async #ask(
    operation: string,
    params: Record<string, string>,
    { query = "", headers = {}, ...asked }: { query?: string } & Parameters<typeof request>[1],
    by = OPERATOR,
  ): Promise<RestoreAnswer> {
    const asking = request(`x?api-version=2026-11-01${query}`, {
      ...{ ...asked, params },
      headers: { authorization: JSON.stringify(by), ...headers },
    });
    const given = (await this.world.call(operation, asking)) as HttpResponseInit;
    const answer = {
      ...{ status: Number(given.status), headers: given.headers as RestoreAnswer["headers"] },
      body: given.jsonBody,
    };
    expectDescribed({ operation, ...answer });
    return answer;
  }

  /** What was asked of Azure that makes something. */
  get makings(): string[] {
    return this.world.arm.calls.filter((call) =>
      ["putDisk", "putNetworkInterface", "putVirtualMachine"].includes(call),
    );
  }
}
