/** A route that makes things, behind its frame; each thing has its id in a map. */
import { z } from "zod";
import { checked } from "../../../src/functions/checked.ts";
import { repeatable } from "../../../src/functions/repeatable.ts";
import { ApiError } from "../../../src/lib/api/api-error.ts";
import { route } from "../../../src/lib/api/route.ts";
import { createRateLimit } from "../../../src/lib/partners/rate-limit.ts";
import { invocation, request } from "../../fakes/invocation.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";

const makeRoute = route({
  name: "MakeThing",
  method: "POST",
  path: "things",
  tag: "Things",
  action: "operate",
  summary: "Makes a thing.",
  body: z.strictObject({ name: z.string(), size: z.int().default(1) }),
  repeatable: true,
  answers: { 202: { description: "It is made.", body: z.unknown() } },
});

export const REQUEST_ID = "6b2c9f3e-0000-4000-8000-00000000000a";
const START = Date.parse("2026-01-31T12:00:00.000Z");

export class Things {
  at = START;
  readonly tables = memoryTables();
  readonly things = new Map<string, { name: string; state: string }>();
  /** What `make` does beside making. */
  disturb: () => Promise<void> = async () => undefined;
  runs = 0;
  #ulids = 0;

  readonly #frame = checked(
    {
      authenticate: async (id) => ({ id: id ?? "", kind: "person", roles: ["Operator"] }),
      partners: { find: async () => undefined, findFresh: async () => undefined },
      now: () => new Date(this.at),
      ...{ rateLimit: createRateLimit(), corsOrigins: [] },
    },
    makeRoute,
    repeatable(
      {
        tables: this.tables,
        now: () => new Date(this.at),
        newUlid: () => `01${`${++this.#ulids}`.padStart(24, "0")}`,
      },
      {
        made: z.object({ id: z.string() }),
        make: async ({ body: { name } }, { newId }) => {
          this.runs++;
          const id = newId("thing");
          if (name === "refused") throw new ApiError(409, { code: "Refused", message: "No." });
          if (!this.things.has(id)) this.things.set(id, { name, state: "new" });
          await this.disturb();
          return { id };
        },
        answer: async (_call, { id }) => ({
          status: 202,
          body: { id, ...this.things.get(id) },
        }),
      },
    ),
  );

  async make(body: unknown, headers: Record<string, string> = {}, by = "alice") {
    const asked = { method: "POST", headers, body, token: by } as const;
    const asking = request("things?api-version=2026-11-01", asked);
    const answer = await this.#frame(asking, invocation().context);
    const { status = 200, jsonBody, headers: given } = answer as never as Answer;
    return { status, body: jsonBody, result: given["Repeatability-Result"] };
  }

  /** First sent now, unless said otherwise. */
  repeatably(body: unknown, id = REQUEST_ID, firstSent = this.at, by?: string) {
    const sent = new Date(firstSent).toUTCString();
    const headers = { "Repeatability-Request-ID": id, "Repeatability-First-Sent": sent };
    return this.make(body, headers, by);
  }
}

interface Answer {
  readonly status?: number;
  readonly jsonBody: { readonly id?: string; readonly error?: { readonly code: string } };
  readonly headers: Readonly<Record<string, string>>;
}
