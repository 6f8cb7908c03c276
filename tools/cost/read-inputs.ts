/** The inputs as they were measured last. */
import { readFileSync } from "node:fs";
import type { Inputs } from "./inputs.ts";

export const readInputs = (): Inputs =>
  JSON.parse(readFileSync(new URL("./inputs.json", import.meta.url), "utf8"));

/** Of this folder. */
export const pricesFile = new URL("./prices.json", import.meta.url);
