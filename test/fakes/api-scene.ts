/** The HTTP API as it is registered, on tables in memory with something of everything in them. */
import type { HttpHandler, HttpMethod, HttpResponseInit } from "@azure/functions";
import { ApiError } from "../../src/lib/api/api-error.ts";
import type { Principal } from "../../src/lib/api/principal.ts";
import { Sas } from "../../src/lib/grants/sas.ts";
import { createPartnerStore } from "../../src/lib/partners/partner-store.ts";
import { applyPolicyFiles } from "../../src/lib/policy/apply-policy-files.ts";
import { azureLimits } from "../../src/lib/policy/azure-limits.ts";
import { createPolicyStore } from "../../src/lib/policy/policy-store.ts";
import { policyFilesIn } from "../../src/policy-files.ts";
import type { Services } from "../../src/services.ts";
import { expectDescribed } from "../described/expect-described.ts";
import { fillTables, POINTS } from "../fixtures/filled-tables.ts";
import { HOUR, timeAt } from "../fixtures/points.ts";
import { SUBSCRIPTION, virtualMachine, vmKey } from "../fixtures/records.ts";
import { addRestorable, recordedVm } from "../fixtures/restores.ts";
import { FakeArm } from "./fake-arm.ts";
import { invocation, request } from "./invocation.ts";
import { memoryLegalHolds } from "./memory-legal-holds.ts";
import { memoryRecordCopies } from "./memory-record-copies.ts";
import { memoryRecordedVms } from "./memory-recorded-vms.ts";
import { memoryTables } from "./memory-tables.ts";
import { RecordedDelays } from "./recorded-delays.ts";
import { RecordingLog } from "./recording-log.ts";
import { registrations } from "./registered-app.ts";

export interface ApiAsked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Text goes out as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null: without a token. Default: a person with every role. */
  readonly as?: Principal | null;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const ADMIN: Principal = {
  ...{ id: "alice", kind: "person" },
  roles: ["Reader", "Operator", "PolicyAdmin"],
};

const readPolicyFiles = policyFilesIn(new URL("../../policies/", import.meta.url));

const NOW = timeAt(30 * HOUR);

export class ApiScene {
  readonly tables = memoryTables();
  readonly arm = new FakeArm(() => NOW.getTime());
  readonly #recordedVms = memoryRecordedVms(
    new Map(POINTS.map(({ vm, name }) => [`${vm}/${name}`, recordedVm])),
  );
  /** Those of the fixtures are lower. */
  #ulids = 1000;
  #handlers = registrations();
  /** Told of each answer, once it was held against the document. */
  answered: (operation: string, answer: ApiAnswer) => void = () => undefined;

  static async filled(replaced: Partial<Services> = {}): Promise<ApiScene> {
    const scene = new ApiScene();
    await fillTables(scene.tables);
    scene.arm.vms.set(vmKey(), virtualMachine({ tags: { "restore-points": "hourly" } }));
    for (const point of POINTS) addRestorable(scene.arm, point);
    const url = "https://md-1.blob.storage.test/disk?sv=1";
    scene.arm.getAccess = async () => ({ kind: "found", sas: new Sas(url) });
    await scene.replace(replaced);
    return scene;
  }

  /** Goes on with other services in place of some. */
  async replace(replaced: Partial<Services>): Promise<void> {
    const services = { ...this.#services(), ...replaced };
    this.#handlers = registrations(services);
    // The policies of the deployment are there, as they are once anything was asked.
    if (replaced.tables === undefined) await services.policies.inForce(NOW);
  }

  /** Throws unless the answer is one that the document describes. */
  async ask(operation: string, asked: ApiAsked = {}): Promise<ApiAnswer> {
    const { params = {}, query = {}, headers = {}, body, as = ADMIN } = asked;
    const { options } = this.#handlers.get(operation) ?? {};
    if (options === undefined) throw new Error(`${operation} is not registered.`);
    const path = String(options["route"]).replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(params[name] ?? ""),
    );
    const search = new URLSearchParams({ "api-version": "2026-11-01", ...query });
    const [method] = options["methods"] as [HttpMethod];
    const { context } = invocation(operation);
    const given = await (options.handler as HttpHandler)(
      request(`${path}?${search}`, {
        ...{ method, headers: { ...headers }, params: { ...params } },
        ...(method === "GET" || body === undefined ? {} : { body }),
        ...(as === null ? {} : { token: JSON.stringify(as) }),
      }),
      context,
    );
    const answer = answerOf(given as HttpResponseInit);
    expectDescribed({ operation, ...answer });
    this.answered(operation, answer);
    return answer;
  }

  #services() {
    const { tables, arm } = this;
    const delayed = new RecordedDelays();
    const policyCopies = memoryRecordCopies<never>();
    const log = new RecordingLog();
    const limits = azureLimits;
    return {
      ...{ tables, delayed, arm, limits, policyCopies, subscriptions: [SUBSCRIPTION] },
      now: () => NOW,
      newUlid: () => `01${`${++this.#ulids}`.padStart(24, "0")}`,
      partners: createPartnerStore(tables),
      partnerCopies: memoryRecordCopies<never>(),
      legalHolds: memoryLegalHolds(),
      recordedVms: this.#recordedVms,
      policies: createPolicyStore({
        ...{ tables, log },
        applyFiles: applyPolicyFiles({
          ...{ tables, policyCopies, delayed, limits, log, readPolicyFiles },
        }),
      }),
      authenticate: async (authorization: string | null) => {
        const principal = /^Bearer (\{.*\})$/.exec(authorization ?? "")?.[1];
        if (principal !== undefined) return JSON.parse(principal);
        const headers = { "WWW-Authenticate": "Bearer" };
        throw new ApiError(401, { code: "Unauthorized", message: "No token." }, headers);
      },
    };
  }
}

function answerOf({ status = 200, headers = {}, jsonBody, body }: HttpResponseInit): ApiAnswer {
  const given: unknown = jsonBody ?? body;
  return { status, headers: headers as Record<string, string>, body: given };
}
