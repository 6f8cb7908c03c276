/** Why a VM is protected as it is: which rule, what comes next, what will be deleted when and why, and what blocks. */
import { isBeingDeleted } from "../fleet/deletion.ts";
import { type Protection, protectionState } from "../fleet/protection.ts";
import { decideRetention } from "../retention/decide-retention.ts";
import { explainReason } from "../retention/retention-reason.ts";
import { chooseCopies } from "../upkeep/choose-copies.ts";
import { policiesInForce } from "../upkeep/claims.ts";
import { localRetention } from "../upkeep/local-retention.ts";
import { planUpkeep, remoteRetentions } from "../upkeep/plan-upkeep.ts";
import type { UpkeepInput } from "../upkeep/upkeep.ts";
import type { Verdict, VmExplanation } from "./explanation.ts";
import { forecast } from "./forecast.ts";
import { type UpcomingSlot, upcomingSlots } from "./upcoming-slots.ts";

const DAY = 86_400_000;
/** How far ahead deletions are foretold. */
const HORIZON = 7 * DAY;

export function explainVm(input: UpkeepInput, deletionsOff?: string): VmExplanation {
  const { protection, points, others, limits, now } = input;
  const inForce = policiesInForce(input);
  const until = new Date(now.getTime() + HORIZON);
  const [next] = upcomingSlots(inForce, protection.vm, now, until);
  return {
    id: protection.vm,
    state: protectionState(protection),
    rule: ruleOf(protection),
    policies: inForce.map(({ name, description }) => ({ name, description })),
    ...(next ? { nextSlot: nextSlotOf(next) } : {}),
    restorePoints: [...localVerdicts(input, until), ...remoteVerdicts(input)],
    limit: {
      most: limits.pointsPerVm,
      ours: points.filter(({ removedAt }) => removedAt === undefined).length,
      others,
    },
    blocks: blocksOf(input, deletionsOff),
  };
}

const nextSlotOf = ({ at, name, policies }: UpcomingSlot) => ({
  at: at.toISOString(),
  name,
  policies: [...policies],
});

function ruleOf({ misconfiguration, status, tag, policies }: Protection): string {
  if (misconfiguration) {
    const kept = policies.length > 0 ? ` What was in force stays: ${policies.join(", ")}.` : "";
    return `Its tag \`${misconfiguration.tag}\` cannot be read: ${misconfiguration.reason}${kept}`;
  }
  switch (status) {
    case "Protected":
      return tag === undefined
        ? `It has no tag; the selection of ${policies.join(", ")} matches it.`
        : `Its tag is \`${tag}\`.`;
    case "OptedOut":
      return `Its tag is \`${tag ?? "none"}\`: it is left out, whatever selects it.`;
    case "VmDeleted":
      return "The VM is gone; its restore points are kept as their policies say.";
    case "Unprotected":
      return "It has no tag, and no policy selects it.";
    default:
      return status satisfies never;
  }
}

function localVerdicts(input: UpkeepInput, until: Date): Verdict[] {
  const { protection, points, now } = input;
  const retention = localRetention(input, chooseCopies(input));
  const inForce = policiesInForce(input);
  const { deletions } = forecast({
    ...retention,
    slots: slotsAhead(),
    until,
  });
  return decideRetention(retention).map((decision) => ({
    ...verdict(decision, points.find(({ name }) => name === decision.name)?.at ?? ""),
    ...deletedAt(decision.name),
  }));

  function* slotsAhead() {
    for (const slot of upcomingSlots(inForce, protection.vm, now, until)) {
      yield { name: slot.name, at: slot.at, claims: slot.policies };
    }
  }

  function deletedAt(name: string): { deletedAt?: string } {
    const deletion = deletions.find((each) => each.name === name);
    return deletion ? { deletedAt: deletion.at.toISOString() } : {};
  }
}

const remoteVerdicts = (input: UpkeepInput): Verdict[] =>
  remoteRetentions(input).flatMap(({ region, retention }) =>
    decideRetention(retention).map((decision) => {
      const copy = input.copies.find(
        (each) => each.region === region && each.point === decision.name,
      );
      return { ...verdict(decision, copy?.at ?? ""), region };
    }),
  );

const verdict = (
  { name, keep, reasons }: ReturnType<typeof decideRetention>[number],
  at: string,
): Verdict => ({ name, at, keep, because: reasons.map(explainReason) });

function blocksOf(input: UpkeepInput, deletionsOff: string | undefined): string[] {
  const { protection, points, copies, now } = input;
  const blocks: string[] = [];
  const { misconfiguration, lastSlot, openSlots } = protection;
  if (misconfiguration) blocks.push(`The tag cannot be read: ${misconfiguration.reason}`);
  if (lastSlot?.state === "Failed") {
    const { code, message, advice = "" } = lastSlot.error ?? { code: "Unknown", message: "" };
    blocks.push(`The last slot ${lastSlot.slot} failed: ${code}. ${message} ${advice}`.trim());
  }
  for (const { slot, attempt, notBefore, operation } of openSlots) {
    const waits = operation ? `attempt ${attempt} is under way` : `waits until ${notBefore}`;
    blocks.push(`Slot ${slot} has no restore point yet: ${waits}.`);
  }
  for (const row of [...points, ...copies]) {
    const { deletion } = row;
    if (deletion?.error === undefined) continue;
    const { code, message } = deletion.error;
    const again = deletion.retryAt ?? now.toISOString();
    blocks.push(`${rowName(row)} could not be deleted: ${code}. ${message} Again at ${again}.`);
  }
  for (const copy of copies.filter((each) => each.state === "Failed" && !isBeingDeleted(each))) {
    blocks.push(`The copy of ${rowName(copy)} failed: ${copy.error?.code ?? "Unknown"}.`);
  }
  const { nearLimit, deletions } = planUpkeep(input);
  if (nearLimit) {
    const { ours, others, most } = nearLimit;
    blocks.push(
      `Near Azure's limit: ${ours} restore points to keep and ${others} others are more than ${most}; the oldest of the finest tiers go earlier than asked.`,
    );
  }
  if (deletionsOff !== undefined && deletions.length > 0) {
    blocks.push(`Deletions are switched off: ${deletionsOff}`);
  }
  return blocks;
}

const rowName = (row: UpkeepInput["points"][number] | UpkeepInput["copies"][number]): string =>
  "region" in row ? `${row.point} in ${row.region}` : row.name;
