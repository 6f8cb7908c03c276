/** What an operator can switch off for the whole app. */
import type { HttpRequest } from "@azure/functions";
import { z } from "zod";
import { invalidParameter, notFound } from "../lib/api/api-error.ts";
import { deletionsSwitch, type Switch, switchNameSchema } from "../lib/state/switches.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";
import { jsonBody } from "./json-body.ts";

const bodySchema = z.strictObject({
  value: z.enum(["on", "off"], { error: "expected on or off" }),
  reason: z.string({ error: "expected a sentence" }).min(1).max(500),
});

export const getSwitch =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async (request) => {
    demandName(request);
    return { jsonBody: await deletionsSwitch(tables) };
  };

/** Whoever throws a switch says why: it is read in `explain` and in the log. */
export const putSwitch =
  ({ tables, now }: Pick<Services, "tables" | "now">): CheckedHandler =>
  async (request, caller, log) => {
    const name = demandName(request);
    const body = bodySchema.safeParse(await jsonBody(request));
    if (!body.success) {
      const [issue] = body.error.issues;
      throw invalidParameter(issue?.path.join(".") || "body", issue?.message ?? "is wrong");
    }
    const thrown: Switch = { name, ...body.data, by: caller.id, since: now().toISOString() };
    await tables.switches.upsert(thrown);
    log.warn("switchThrown", { switch: name, ...body.data, by: caller.id });
    return { jsonBody: thrown };
  };

function demandName({ params }: HttpRequest): Switch["name"] {
  const name = switchNameSchema.safeParse(params["name"]).data;
  if (name === undefined) throw notFound();
  return name;
}
