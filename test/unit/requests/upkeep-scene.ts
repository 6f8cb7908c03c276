/** The VM `web-01` with restore points and copies, of which somebody asks for something. */
import type { Actor } from "../../../src/lib/audit/audit-entry.ts";
import { pointKey } from "../../../src/lib/fleet/restore-point.ts";
import { copyKey } from "../../../src/lib/fleet/restore-point-copy.ts";
import { liftHold } from "../../../src/lib/holds/lift-hold.ts";
import { placeHold } from "../../../src/lib/holds/place-hold.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import type { Policy } from "../../../src/lib/policy/policy.ts";
import { requestCopy } from "../../../src/lib/requests/request-copy.ts";
import { requestDeletion } from "../../../src/lib/requests/request-deletion.ts";
import { planPoints } from "../../../src/lib/upkeep/plan-points.ts";
import type { UpkeepInput } from "../../../src/lib/upkeep/upkeep.ts";
import { fixedPolicies } from "../../fakes/fixed-policies.ts";
import { memoryLegalHolds } from "../../fakes/memory-legal-holds.ts";
import { memoryRecordedVms } from "../../fakes/memory-recorded-vms.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import { DAY, timeAt } from "../../fixtures/points.ts";
import { operationId, policies, policy, protection, vmKey } from "../../fixtures/records.ts";

export const by = { id: "alice", kind: "person" } as const;
const asking: { by: Actor; correlationId: string } = { by, correlationId: "c-1" };

export class RequestScene {
  readonly vm = vmKey();
  readonly tables = memoryTables();
  readonly recordedVms = memoryRecordedVms();
  readonly legalHolds = memoryLegalHolds();
  readonly delayed = new RecordedDelays();
  readonly log = new RecordingLog();
  readonly limits = azureLimits;
  readonly policies;
  at = timeAt(2 * DAY);
  #ulids = 500;
  readonly now = () => this.at;
  readonly newUlid = () => `01${`${++this.#ulids}`.padStart(24, "0")}`;

  constructor(active: Policy = policy("hourly")) {
    this.policies = fixedPolicies(policies(active));
  }

  async record(
    { points = [], copies = [] }: Partial<Pick<UpkeepInput, "points" | "copies">>,
    more: Parameters<typeof protection>[0] = {},
  ): Promise<this> {
    await this.tables.protections.upsert(protection(more));
    for (const each of points) await this.tables.points.upsert(each);
    for (const each of copies) await this.tables.copies.upsert(each);
    return this;
  }

  delete(point: string, region?: string) {
    return requestDeletion(this, { vm: this.vm, point, region }, asking, this.log);
  }

  copy(point: string, region: string, number = 7) {
    return requestCopy(this, { id: operationId(number), ...asking }, { point, region }, this.log);
  }

  hold(point: string, reason = "a dispute", more: Partial<typeof asking> = {}) {
    return placeHold(this, { vm: this.vm, point }, { ...asking, ...more, reason }, this.log);
  }

  lift(point: string) {
    return liftHold(this, { vm: this.vm, point }, asking, this.log);
  }

  upkeep = () => planPoints(this)(this.vm, this.log);
  point = async (name: string) => (await this.tables.points.get(pointKey(this.vm, name)))?.record;
  copyOf = async (name: string, region: string) =>
    (await this.tables.copies.get(copyKey(this.vm, region, name)))?.record;
}

export const recorded = (
  rows: Partial<Pick<UpkeepInput, "points" | "copies">>,
  active?: Policy,
): Promise<RequestScene> => new RequestScene(active).record(rows);
