/** The trace that slots and operations keep, for whoever goes on with them when their message is lost or their turn comes. */
import { expect, test } from "vitest";
import { protectionKey } from "../../../src/lib/fleet/protection.ts";
import { operationKey } from "../../../src/lib/operations/operation.ts";
import { recordOperation } from "../../../src/lib/operations/record-operation.ts";
import { sweepOperations } from "../../../src/lib/operations/sweep-operations.ts";
import { attemptOf } from "../../../src/lib/plan/plan-operation.ts";
import { inSpan } from "../../../src/telemetry/active-span.ts";
import { Recorder } from "../../../src/telemetry/recorder.ts";
import { tracedTables } from "../../../src/telemetry/traced-tables.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import {
  openSlot,
  operation,
  operationId,
  protection,
  virtualMachine,
  vmKey,
} from "../../fixtures/records.ts";
import { MINUTE, Scene } from "../operations/scene.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const FIRST = `00-${TRACE}-00f067aa0ba902b7-01`;
const recorder = new Recorder({ load: async () => async () => undefined });

const within = <T>(parent: string, run: () => Promise<T>, goesOn = true): Promise<T> =>
  inSpan(recorder, { name: "Tested", kind: "consumer", parent, goesOn, attributes: {} }, run);
const traceOf = (traceparent: string | undefined) => traceparent?.split("-")[1];

test("an operation keeps the trace in which it was recorded, also when others go on with it", async () => {
  const tables = tracedTables(memoryTables());
  await within(FIRST, () => recordOperation({ tables }, operation({ state: "Planned" })));
  const later = FIRST.replace("4bf9", "0000");
  const again = await within(later, () =>
    recordOperation({ tables }, operation({ state: "Planned" })),
  );
  const stored = await tables.operations.get(operationKey(operationId()));
  const trace = stored?.record.trace;
  expect(traceOf(trace)).toBe(TRACE);
  expect(again).toEqual({ start: [{ operation: operationId(), traceparent: trace }] });
});

test("a slot that waits for its turn is served in the trace that opened it", async () => {
  const tables = tracedTables(memoryTables());
  const waiting = protection({ openSlots: [openSlot({ operation: operationId() })] });
  await within(FIRST, () => tables.protections.insert(waiting));
  const stored = await tables.protections.get(protectionKey(vmKey()));
  if (stored === undefined) throw new Error("It was not written.");
  await within(FIRST.replace("4bf9", "0000"), () =>
    tables.protections.replace(
      { ...stored.record, updatedAt: "2026-01-31T10:00:01.000Z" },
      stored.etag,
    ),
  );
  const after = await tables.protections.get(protectionKey(vmKey()));
  const attempt = after && attemptOf(after.record, virtualMachine(), new Date(0));
  expect(traceOf(attempt?.operation.trace)).toBe(TRACE);
});

test("outside of a trace nothing is added", async () => {
  const tables = tracedTables(memoryTables());
  await tables.operations.insert(operation());
  await within(FIRST, () => tables.protections.insert(protection()), false);
  expect((await tables.operations.get(operationKey(operationId())))?.record).toEqual(operation());
  expect((await tables.protections.get(protectionKey(vmKey())))?.record).toEqual(protection());
});

test("a sweep that finds a lost message goes on with the operation's trace", async () => {
  const scene = new Scene();
  await scene.prepare({
    state: "InProgress",
    look: 2,
    nextLookAt: "2026-01-31T10:00:00.000Z",
    trace: FIRST,
  });
  scene.at += MINUTE;
  const { track } = await sweepOperations(scene)(scene.log);
  expect(track).toEqual([{ operation: scene.id, look: 2, traceparent: FIRST }]);
});
