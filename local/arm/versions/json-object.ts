/** JSON as a request or an answer has it, of which nothing is known yet. */

export interface JsonObject {
  readonly [name: string]: unknown;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
