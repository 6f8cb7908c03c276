/**
 * The value of the `restore-points` tag:
 *
 *     gold                                             one policy
 *     hourly,compliance                                several
 *     gold;exclude=lun:1|disk:scratch;consistency=crash  options for this VM
 *     none                                             never, whatever selects the VM
 */
import * as z from "zod";
import { type DiskSelector, diskSelectorSchema } from "./policy.ts";

export const tagOptionsSchema = z.object({
  exclude: z.array(diskSelectorSchema),
  consistency: z.enum(["CrashConsistent", "ApplicationConsistent"]).optional(),
});
/** What a tag asks for beyond its policies. */
export type TagOptions = z.infer<typeof tagOptionsSchema>;

export const noOptions: TagOptions = { exclude: [] };

export type TagReading =
  | {
      readonly kind: "policies";
      readonly policies: readonly string[];
      readonly options: TagOptions;
    }
  | { readonly kind: "optOut" }
  | { readonly kind: "unreadable"; readonly reason: string };

const CONSISTENCIES: ReadonlyMap<string, TagOptions["consistency"]> = new Map([
  ["crash", "CrashConsistent"],
  ["application", "ApplicationConsistent"],
]);

/** The policies that exist, by name. */
type Known = Pick<ReadonlyMap<string, unknown>, "has" | "keys">;

/** Reads a tag value. */
export function readTag(value: string, known: Known): TagReading {
  const [names = "", ...rest] = value.split(";").map((part) => part.trim());
  const options = rest.filter((option) => option !== "");
  const policies = [
    ...new Set(
      names
        .toLowerCase()
        .split(",")
        .map((name) => name.trim()),
    ),
  ];
  if (policies.length === 1 && policies[0] === "none") {
    return options.length === 0 ? { kind: "optOut" } : unreadable("`none` takes no options.");
  }
  return unreadablePolicies(policies, known) ?? withOptions(policies, options);
}

function unreadablePolicies(policies: readonly string[], known: Known) {
  if (policies.includes("none")) return unreadable("`none` cannot be combined with policies.");
  if (policies.includes("")) return unreadable("A policy name is missing.");
  const unknown = policies.filter((name) => !known.has(name));
  if (unknown.length === 0) return undefined;
  const list = (items: Iterable<string>) => [...items].map((name) => `\`${name}\``).join(", ");
  return unreadable(
    `No policy is named ${list(unknown)}. There are ${list([...known.keys()].sort())}.`,
  );
}

function withOptions(policies: readonly string[], texts: readonly string[]): TagReading {
  const options: TagOptions = { exclude: [] };
  const seen = new Set<string>();
  for (const text of texts) {
    const [written, value] = splitOnce(text, "=");
    const name = written.toLowerCase();
    if (seen.has(name)) return unreadable(`Option \`${name}\` is given twice.`);
    seen.add(name);
    const problem = readOption(name, value, options);
    if (problem) return unreadable(problem);
  }
  return { kind: "policies", policies, options };
}

/** Fills `options`; returns what is wrong, if anything is. */
function readOption(name: string, value: string, options: TagOptions): string | undefined {
  switch (name) {
    case "exclude":
      for (const text of value.split("|")) {
        const selector = diskSelector(text.trim());
        if (!selector) return `\`exclude\` takes lun:<number> or disk:<name>, not \`${text}\`.`;
        options.exclude.push(selector);
      }
      return undefined;
    case "consistency":
      options.consistency = CONSISTENCIES.get(value.toLowerCase());
      return options.consistency
        ? undefined
        : `\`consistency\` is crash or application, not \`${value}\`.`;
    default:
      return `There is no option \`${name}\`. There are \`exclude\` and \`consistency\`.`;
  }
}

function diskSelector(text: string): DiskSelector | undefined {
  const [written, value] = splitOnce(text, ":");
  const kind = written.toLowerCase();
  if (kind === "lun" && /^\d{1,2}$/.test(value)) {
    return diskSelectorSchema.safeParse({ lun: Number(value) }).data;
  }
  return kind === "disk" ? diskSelectorSchema.safeParse({ disk: value }).data : undefined;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text.trim(), ""] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

const unreadable = (reason: string): TagReading => ({ kind: "unreadable", reason });
