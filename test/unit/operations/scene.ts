/** One protected VM with one attempt of its slot `t1`, on a clock that the test moves. */
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import { protectionKey } from "../../../src/lib/fleet/protection.ts";
import { pointKey } from "../../../src/lib/fleet/restore-point.ts";
import { activeKey, activeOperationOf } from "../../../src/lib/operations/active-operation.ts";
import {
  type CreateOperation,
  type Operation,
  operationKey,
} from "../../../src/lib/operations/operation.ts";
import { createPace } from "../../../src/lib/operations/pacer.ts";
import { attemptOf } from "../../../src/lib/plan/plan-operation.ts";
import { createAzureFacts } from "../../../src/lib/restores/azure-facts.ts";
import { FakeArm } from "../../fakes/fake-arm.ts";
import { memoryLegalHolds } from "../../fakes/memory-legal-holds.ts";
import { memoryRecordedVms } from "../../fakes/memory-recorded-vms.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import {
  openSlot,
  operationId,
  protection,
  virtualMachine,
  vmKey,
} from "../../fixtures/records.ts";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
const START = Date.parse("2026-01-31T10:00:00.000Z");

export class Scene {
  at = START;
  readonly vm = vmKey();
  readonly id = operationId();
  readonly arm = new FakeArm(() => this.at);
  readonly tables = memoryTables();
  readonly recordedVms = memoryRecordedVms();
  readonly legalHolds = memoryLegalHolds();
  readonly delayed = new RecordedDelays();
  readonly log = new RecordingLog();
  readonly pace = createPace(this.tables.pacer);
  readonly submitLeaseMs = 60 * SECOND;
  readonly now = () => new Date(this.at);
  readonly azureFacts = createAzureFacts(this.arm, this.now);
  readonly mayRead = async () => true;
  #ulids = 500;
  readonly newUlid = () => `01${`${++this.#ulids}`.padStart(24, "0")}`;

  /** Records the attempt as planning does; `operation` and `more` say what has happened to it since. */
  async prepare(
    operation: Partial<CreateOperation> = {},
    more: Partial<Protection> = {},
  ): Promise<CreateOperation> {
    const vm = virtualMachine();
    this.arm.vms.set(this.vm, vm);
    const slot = openSlot({ operation: this.id });
    const record = protection({ openSlots: [slot], ...more });
    const attempt = attemptOf({ ...record, openSlots: [slot] }, vm, this.now());
    if (attempt === undefined) throw new Error("There is no attempt.");
    await this.tables.protections.upsert(record);
    await this.tables.points.upsert(attempt.point);
    await this.tables.operations.upsert({ ...attempt.operation, ...operation });
    await this.tables.active.upsert(activeOperationOf(attempt.operation));
    return { ...attempt.operation, ...operation };
  }

  /** Azure takes the restore point's PUT, as if the app had sent it earlier. */
  async putInAzure({ target, request }: CreateOperation): Promise<string> {
    await this.arm.putRestorePointCollection(request.collection);
    const answer = await this.arm.putRestorePoint({ id: target, excludeDiskIds: [] });
    if (answer.kind !== "accepted") throw new Error(`ARM answered ${answer.kind}.`);
    this.arm.calls.length = 0;
    return answer.statusUrl;
  }

  async operation(): Promise<Operation> {
    const stored = await this.tables.operations.get(operationKey(this.id));
    if (stored === undefined) throw new Error("There is no operation.");
    return stored.record;
  }

  async protection(): Promise<Protection> {
    const stored = await this.tables.protections.get(protectionKey(this.vm));
    if (stored === undefined) throw new Error("There is no protection.");
    return stored.record;
  }

  async point() {
    return (await this.tables.points.get(pointKey(this.vm, "t1-a1")))?.record;
  }

  async isActive(): Promise<boolean> {
    return (await this.tables.active.get(activeKey(this.id))) !== undefined;
  }

  /** The time as a record has it, `ms` from now. */
  later(ms: number): string {
    return new Date(this.at + ms).toISOString();
  }
}

export const serverError = {
  kind: "unsettled",
  error: { code: "InternalServerError", message: "Try again." },
} as const;

export const throttled = (subscriptionWide: boolean, retryAfterMs = 30 * SECOND) =>
  ({
    kind: "throttled",
    retryAfterMs,
    subscriptionWide,
    error: { code: "TooManyRequests", message: "Slow down." },
  }) as const;
