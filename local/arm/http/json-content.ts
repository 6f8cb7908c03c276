/** The JSON in a request. Every body that ARM takes is an object. */
import { isJsonObject, type JsonObject } from "../versions/json-object.ts";
import { ArmError } from "./arm-error.ts";

/** More than any resource has; what is nested a thousand times as deep would end the stack of whoever walks it. */
const DEEPEST = 100;

/** Undefined without a body. */
export function jsonContent(text: string): JsonObject | undefined {
  if (text.trim() === "") return undefined;
  const content = parsed(text);
  if (!isJsonObject(content)) throw invalid("The request content must be a JSON object.");
  if (isDeeperThan(content, DEEPEST)) {
    throw invalid(`The request content is nested deeper than ${DEEPEST} levels.`);
  }
  return content;
}

export const missingContent = (): ArmError =>
  invalid("The request content is missing: this request needs a JSON object.");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("The request content is not valid JSON.");
  }
}

const isDeeperThan = (value: unknown, levels: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (levels === 0 || Object.values(value).some((each) => isDeeperThan(each, levels - 1)));

const invalid = (message: string): ArmError => new ArmError(400, "InvalidRequestContent", message);
