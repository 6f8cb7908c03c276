/** The hold on a restore point and its copies: what nothing deletes. */
import { ApiError, notFound } from "../lib/api/api-error.ts";
import type {
  deleteLegalHoldRoute,
  getLegalHoldRoute,
  putLegalHoldRoute,
} from "../lib/api/routes/restore-point-changes.ts";
import { type HeldRowsDeps, rowsOf } from "../lib/holds/held-rows.ts";
import { liftHold } from "../lib/holds/lift-hold.ts";
import { type HoldDeps, placeHold } from "../lib/holds/place-hold.ts";
import type { Handler } from "./call.ts";
import { askedBy } from "./request-answer.ts";

export const getLegalHold =
  (services: HeldRowsDeps): Handler<typeof getLegalHoldRoute> =>
  async ({ params }) => {
    const rows = await rowsOf(services, params);
    const hold = rows.find(({ legalHold }) => legalHold !== undefined)?.legalHold;
    if (hold === undefined) throw notFound();
    return { status: 200, body: hold };
  };

export const putLegalHold =
  (services: HoldDeps): Handler<typeof putLegalHoldRoute> =>
  async (call) => {
    const asked = { ...askedBy(call), reason: call.body.reason };
    const placed = await placeHold(services, call.params, asked, call.log);
    switch (placed.kind) {
      case "notFound":
        throw notFound();
      case "beingDeleted": {
        const message = "All there is of it is about to be deleted.";
        throw new ApiError(409, { code: "BeingDeleted", message, target: "point" });
      }
      case "held": {
        const { hold, lost } = placed;
        return { status: 200, body: lost.length > 0 ? { ...hold, lost: [...lost] } : hold };
      }
      default:
        return placed satisfies never;
    }
  };

/** Also where there is none: what is asked for is then so. */
export const deleteLegalHold =
  (services: HoldDeps): Handler<typeof deleteLegalHoldRoute> =>
  async (call) => {
    const lifted = await liftHold(services, call.params, askedBy(call), call.log);
    if (lifted.kind === "notFound") throw notFound();
    if (lifted.kind === "lifted") call.invocation.send(lifted.followUp);
    return { status: 204 };
  };
