/** What a disk was made of stays: a PUT that says otherwise would leave a client with other bytes than it asked for. */
import { ArmError } from "../../http/arm-error.ts";
import { rooted } from "../../paths.ts";
import type { Json } from "../../state/state.ts";

const FIXED = ["createOption", "sourceResourceId", "uploadSizeBytes"];

/** Throws Compute's refusal. What is not said again stays as it is. */
export function demandSameOrigin(before: Json, asked: Json): void {
  for (const name of FIXED) {
    const value = asked[name] ?? undefined;
    if (value === undefined || comparable(value) === comparable(before[name])) continue;
    const target = `properties.creationData.${name}`;
    const message = `Changing property 'creationData.${name}' is not allowed.`;
    throw new ArmError(409, "PropertyChangeNotAllowed", message, { target });
  }
}

/** Ids and names of options are the same in any casing. */
const comparable = (value: unknown): unknown =>
  typeof value === "string" ? rooted(value).toLowerCase() : value;
