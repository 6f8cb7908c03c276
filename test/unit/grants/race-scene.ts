/**
 * The app's functions at once: every effect takes a while that is drawn from a seed, so that what goes on at the same
 * time interleaves otherwise in each run. Time itself stands still until nothing is left to do.
 */
import type { HttpHandler, HttpResponseInit, StorageQueueHandler } from "@azure/functions";
import type { Principal } from "../../../src/lib/api/principal.ts";
import type { Point } from "../../../src/lib/fleet/restore-point.ts";
import { createMayRead } from "../../../src/lib/grants/may-read.ts";
import { createPace } from "../../../src/lib/operations/pacer.ts";
import { createPartnerStore } from "../../../src/lib/partners/partner-store.ts";
import type { Policy } from "../../../src/lib/policy/policy.ts";
import type { Tables } from "../../../src/lib/state/tables.ts";
import type { Services } from "../../../src/services.ts";
import { FakeArm } from "../../fakes/fake-arm.ts";
import { fixedPolicies } from "../../fakes/fixed-policies.ts";
import { type Asked, invocation, request } from "../../fakes/invocation.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { registrations } from "../../fakes/registered-app.ts";
import { Slowly } from "../../fakes/slowly.ts";
import {
  COLLECTION_ID,
  disk,
  diskId,
  operationId,
  policy,
  protection,
  virtualMachine,
  vmId,
  vmKey,
} from "../../fixtures/records.ts";
import { queueOutputs } from "../../simulation/triggers.ts";

const START = Date.parse("2026-01-31T12:00:00.000Z");

interface Waiting {
  readonly queue: string;
  readonly message: object;
  readonly at: number;
}

export class RaceScene {
  at = START;
  readonly vm = vmKey();
  readonly arm = new FakeArm(() => this.at);
  readonly tables = memoryTables();
  readonly slowly: Slowly;
  #ulids = 0;
  #waiting: Waiting[] = [];
  readonly #functions: ReturnType<typeof registrations>;

  constructor(seed: number, policies: readonly Policy[] = [policy("hourly")]) {
    this.slowly = new Slowly(seed);
    this.arm.ignoreSasExpiry = true;
    const tables = this.slowly.ports(this.tables) as unknown as Tables;
    const partners = createPartnerStore(tables);
    const services: Partial<Services> = {
      now: () => new Date(this.at),
      newUlid: () => `01${`${++this.#ulids}`.padStart(24, "0")}`,
      tables,
      arm: this.slowly.port(this.arm),
      pace: createPace(tables.pacer),
      policies: fixedPolicies(new Map(policies.map((each) => [each.name, each]))),
      partners,
      mayRead: createMayRead(partners),
      delayed: this.#delayed(),
      sleepUntil: async (at) => {
        this.at = Math.max(this.at, at.getTime());
      },
      authenticate: async (principal) => JSON.parse(principal ?? ""),
    };
    this.#functions = registrations(services);
  }

  /** A restore point of `web-01` that succeeded, in Azure and in the catalogue. */
  async point(name: string, more: Partial<Point> = {}): Promise<Point> {
    const vm = virtualMachine({ disks: [disk("web-01-os")] });
    this.arm.vms.set(this.vm, vm);
    const id = `${COLLECTION_ID}/restorePoints/${name}`;
    await this.arm.putRestorePointCollection({
      id: COLLECTION_ID,
      location: "westeurope",
      sourceId: vmId(),
    });
    await this.arm.putRestorePoint({ id, excludeDiskIds: [] });
    this.at += 30 * 60_000;
    const point: Point = {
      vm: this.vm,
      name,
      slot: name.slice(0, name.indexOf("-")),
      attempt: 1,
      at: new Date(this.at).toISOString(),
      vmId: vm.vmId,
      location: "westeurope",
      cause: "schedule",
      policies: ["hourly"],
      state: "Succeeded",
      restorePointId: id,
      operation: operationId(),
      consistencyRequested: "CrashConsistent",
      disks: [
        {
          name: "web-01-os",
          diskId: diskId("web-01-os"),
          diskRestorePointId: `${id}/diskRestorePoints/web-01-os_0`,
        },
      ],
      excludedDisks: [],
      requestedAt: new Date(this.at).toISOString(),
      ...more,
    };
    await this.tables.points.upsert(point);
    await this.tables.protections.upsert(protection());
    return point;
  }

  async ask(route: string, by: Principal, asked: Asked = {}) {
    const registered = this.#functions.get(route);
    if (registered === undefined) throw new Error(`There is no ${route}.`);
    const { context } = invocation(route);
    const asking = request("grants?api-version=2026-11-01", {
      ...asked,
      headers: { authorization: JSON.stringify(by), ...asked.headers },
    });
    await this.slowly.pause();
    const answer = (await (registered.options.handler as HttpHandler)(
      asking,
      context,
    )) as HttpResponseInit;
    this.#collect(context);
    return { status: answer.status ?? 200, body: answer.jsonBody ?? {} };
  }

  grant(by: Principal, restorePoint: string, duration = "PT1H") {
    const body = { vm: this.vm, restorePoint, disk: "web-01-os", reason: "Backup", duration };
    return this.ask("PostGrant", by, { method: "POST", body });
  }

  /** Sends a message, to be handled by its function. */
  send(queue: string, message: object, delayMs = 0): void {
    this.#waiting.push({ queue, message, at: this.at + delayMs });
  }

  /** Handles everything that is due up to `ms` from now, in whatever order it comes. */
  async settle(ms: number): Promise<void> {
    const until = this.at + ms;
    for (;;) {
      const next = Math.min(...this.#waiting.map(({ at }) => at));
      if (next > until) break;
      this.at = Math.max(this.at, next);
      const due = this.#waiting.filter(({ at }) => at <= this.at);
      this.#waiting = this.#waiting.filter(({ at }) => at > this.at);
      await Promise.all(due.map((each) => this.#handle(each)));
    }
    this.at = Math.max(this.at, until);
  }

  async #handle({ queue, message }: Waiting): Promise<void> {
    const found = [...this.#functions.values()].find(
      ({ options }) => options["queueName"] === queue,
    );
    if (found === undefined) throw new Error(`No function handles ${queue}.`);
    const { context } = invocation(queue);
    await this.slowly.pause();
    try {
      await (found.options.handler as StorageQueueHandler)(message, context);
    } catch {
      // As the host does: the message comes again.
      this.send(queue, message, 10_000);
      return;
    }
    this.#collect(context);
  }

  #collect({ extraOutputs }: ReturnType<typeof invocation>["context"]): void {
    for (const output of queueOutputs) {
      const messages = extraOutputs.get(output);
      for (const message of Array.isArray(messages) ? messages : [])
        this.send(output.queueName, message);
    }
  }

  #delayed(): Services["delayed"] {
    const send = (queue: string) => async (message: object, delayMs: number) => {
      await this.slowly.pause();
      this.send(queue, message, Math.ceil(Math.max(0, delayMs) / 1000) * 1000);
    };
    return {
      planVm: send("plan-vm"),
      planPoints: send("plan-points"),
      planFleet: send("plan-fleet"),
      reconcile: send("reconcile-fleet"),
      startOperation: send("start-operation"),
      trackOperation: send("track-operation"),
      revokeGrant: send("revoke-grant"),
      endGrants: send("end-grants"),
      notify: send("notify"),
    };
  }
}

export const person = (id: string): Principal => ({ id, kind: "person", roles: ["Operator"] });
