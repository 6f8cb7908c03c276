/** If-Match and If-None-Match, against the revision of a resource. */
import { ArmError } from "./arm-error.ts";
import type { ArmRequest } from "./arm-request.ts";

export function demandMatch(
  { ifMatch, ifNoneMatch }: Pick<ArmRequest, "ifMatch" | "ifNoneMatch">,
  existing: { readonly revision: number } | undefined,
): void {
  if (ifMatch !== undefined && !isNamed(ifMatch, existing)) throw preconditionFailed("If-Match");
  if (ifNoneMatch !== undefined && isNamed(ifNoneMatch, existing)) {
    throw preconditionFailed("If-None-Match");
  }
}

/** `*` is any that exists; else one of the tags, quoted, weak, or neither. */
function isNamed(header: string, existing: { readonly revision: number } | undefined): boolean {
  if (existing === undefined) return false;
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, "").replaceAll('"', ""));
  return tags.includes("*") || tags.includes(`${existing.revision}`);
}

const preconditionFailed = (header: string): ArmError =>
  new ArmError(
    412,
    "PreconditionFailed",
    `The condition of ${header} is not met: the resource is another one, or has changed since it was read.`,
    { target: header },
  );
