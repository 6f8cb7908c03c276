/**
 * Administrators, messages that copy the partner and rebuilds, all at once, each dying at some effect, and the table
 * lost somewhere in between: what was enabled once is never enabled again by anybody but an administrator.
 */
import { expect, test } from "vitest";
import type { Partner } from "../../../src/lib/partners/partner.ts";
import type { RecordCopies } from "../../../src/lib/state/record-copies.ts";
import { Slowly } from "../../fakes/slowly.ts";
import { Crash, Effects, withEffects } from "../../simulation/crash.ts";
import { oneOf, type Random, seeded } from "../../simulation/random.ts";
import { acting, scene } from "./copy-scene.ts";

const SEEDS = 400;
const ACTORS = 6;
const MOST_EFFECTS = 14;
const MOST_HEAD_START = 400;

const textOf = (record: unknown) => JSON.stringify(Object.entries(record ?? {}).sort());
const isEnabled = (record: unknown) => (record as Partner | undefined)?.state === "enabled";

/** Looks on as rows and copies are written, each in its instant. */
function watch({ tables, partnerCopies, copied }: ReturnType<typeof scene>) {
  const wrong: unknown[] = [];
  const before = new Set<string>();
  let last = "";
  const checkCopy = () => {
    if (isEnabled(copied()) && textOf(copied()) !== last) wrong.push({ copy: copied(), last });
  };
  tables.partners.written = (row) => {
    const text = textOf(row);
    if (isEnabled(row) && text !== last && before.has(text)) wrong.push({ row, last });
    before.add(text);
    last = text;
    checkCopy();
  };
  const put: RecordCopies<Partner>["put"] = async (...asked) => {
    const outcome = await partnerCopies.put(...asked);
    checkCopy();
    return outcome;
  };
  return { wrong, copies: { ...partnerCopies, put } };
}

/** Does something as a process of its own, which may die at it. */
async function act(random: Random, slowly: Slowly, on: ReturnType<typeof scene>, name: string) {
  const { tables, partnerCopies } = on;
  const effects = new Effects();
  effects.crashAt = Math.max(0, Math.floor((random() * 2 - 1) * MOST_EFFECTS));
  const port = <T extends object>(target: T) => withEffects(slowly.port(target), effects);
  const actor = acting(
    { partners: port(tables.partners) as unknown as typeof tables.partners },
    { ...port(partnerCopies), names: partnerCopies.names },
  );
  const put = (state: Partner["state"]) => () => actor.put({ name, state });
  const some = [put("enabled"), put("disabled"), actor.delete, actor.restore] as const;
  const deed = oneOf(random, [put("enabled"), actor.copy, actor.copy, ...some]);
  await slowly.pause(MOST_HEAD_START);
  try {
    await deed();
  } catch (error) {
    // Whoever lost so often was told so, or comes again with its message.
    if (!(error instanceof Crash || String(error).includes("Lost the race"))) throw error;
  }
}

test.each([
  ["with its table", false],
  ["that loses its table", true],
])("a partner %s is never revived, and its copy is what it is in the end", async (_what, loses) => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const [random, slowly] = [seeded(seed), new Slowly(seed)];
    const unwatched = scene();
    const { wrong, copies: partnerCopies } = watch(unwatched);
    const on = { ...unwatched, partnerCopies };
    await on.put({ name: "Change 0" });
    await on.copy();
    const actors = Array.from({ length: ACTORS }, (_, number) =>
      act(random, slowly, on, `Change ${number + 1}`),
    );
    if (loses) actors.push(slowly.pause(MOST_HEAD_START).then(on.lose));
    await Promise.all(actors);
    // What a process that died had sent may still be on its way.
    await slowly.pause(MOST_HEAD_START);
    await on.restore();
    expect(wrong, `seed ${seed}`).toEqual([]);
    expect(on.copied(), `seed ${seed}`).toEqual(await on.stored());
  }
});
