/** Bodies and queries of the control plane, in their shapes; 400 names what is not. */
import type { z } from "zod";
import { badInput, ControlError } from "./control-error.ts";
import type { ControlRequest } from "./control-route.ts";

const LARGEST_JSON = 1024 ** 2;

export async function parseBody<T>(schema: z.ZodType<T>, request: ControlRequest): Promise<T> {
  return checked(schema, await jsonOf(request), "body");
}

/** No body is an empty object. */
export async function jsonOf(request: ControlRequest): Promise<unknown> {
  const text = (await bytesOf(request, LARGEST_JSON)).toString("utf8");
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw badInput("body", "is not JSON.");
  }
}

export async function bytesOf({ incoming }: ControlRequest, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  if (size <= most) return Buffer.concat(chunks);
  throw new ControlError(413, "RequestContentTooLarge", `A body may have ${most} bytes.`, "body");
}

/** `place`: what the value is, or a path to it. */
export function checked<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, place));
  const message = problems.map(({ at, text }) => `${at}: ${text}`).join("; ");
  throw new ControlError(400, "InvalidParameter", message, problems[0]?.at);
}

function problemsOf(issue: z.core.$ZodIssue, place: string): { at: string; text: string }[] {
  const inside = place === "body" ? [] : [place];
  const at = [...inside, ...issue.path].join(".") || place;
  if (issue.code !== "unrecognized_keys") return [{ at, text: issue.message }];
  return issue.keys.map((key) => ({
    at: [...inside, ...issue.path, key].join("."),
    text: "is no property of this.",
  }));
}

/** A whole number of the query. */
export function numberIn({ url }: ControlRequest, name: string, usual: number): number {
  const text = url.searchParams.get(name);
  if (text === null) return usual;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw badInput(name, "must be a whole number, 0 or more.");
}

/** Refuses parameters that nobody reads: a misspelled filter would answer everything. */
export function demandKnownQuery({ url }: ControlRequest, ...known: readonly string[]): void {
  for (const name of url.searchParams.keys()) {
    if (!known.includes(name)) throw badInput(name, "is no parameter of this.");
  }
}
