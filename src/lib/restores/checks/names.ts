/** Whether the names are free: a PUT on what is there already would change what is somebody else's. */
import { RESTORE_TAG, type Restore, type RestoredResource, restoredId } from "../restore.ts";
import { isItsOwn } from "../restored-names.ts";
import { against, type CheckDeps, fine, unanswered, type Verdict } from "./verdict.ts";

export async function checkNames(
  { arm }: Pick<CheckDeps, "arm">,
  restore: Restore,
): Promise<Verdict> {
  const asked = restore.resources.filter(
    (resource) => !isItsOwn(restoredId(restore, resource), restore.id),
  );
  const verdicts = await Promise.all(asked.map((resource) => checkName(arm, restore, resource)));
  const failure = verdicts.find((each) => each.failure)?.failure;
  const problems = verdicts.flatMap((each) => each.problems);
  return { problems, ...(failure ? { failure } : {}) };
}

const FIELDS = { disk: "diskNames", networkInterface: "name", virtualMachine: "name" } as const;
const WORDS = {
  disk: "disk",
  networkInterface: "network interface",
  virtualMachine: "VM",
} as const;

async function checkName(
  arm: CheckDeps["arm"],
  restore: Restore,
  resource: RestoredResource,
): Promise<Verdict> {
  const id = restoredId(restore, resource);
  const target = FIELDS[resource.role];
  const reading = await arm.getResource(id);
  if (reading.kind === "notFound") return fine;
  if (reading.kind !== "found") return unanswered(reading, target, resource.name);
  // What an earlier attempt of this restore left.
  if (reading.resource.tags[RESTORE_TAG] === restore.id) return fine;
  const message = `There is a ${WORDS[resource.role]} ${resource.name} in ${restore.resourceGroup} already.`;
  return against({ code: "NameTaken", message, target });
}
