import * as z from "zod";
import { ApiError, notFound } from "../lib/api/api-error.ts";
import type { retireVmRoute } from "../lib/api/routes/vms.ts";
import type { DelayedMessages } from "../lib/operations/messages.ts";
import { type RetireDeps, retireVm as retire } from "../lib/plan/retire-vm.ts";
import type { Handler } from "./call.ts";
import { type RepeatableDeps, repeatable } from "./repeatable.ts";

type Deps = RetireDeps &
  RepeatableDeps & {
    readonly tables: RetireDeps["tables"] & RepeatableDeps["tables"];
    readonly delayed: Pick<DelayedMessages, "planVm">;
  };

/** Takes a last restore point of a VM that is about to be deleted. The answer names it; `explain` tells how far it is. */
export const retireVm = (services: Deps): Handler<typeof retireVmRoute> =>
  repeatable(services, {
    made: z.object({ slot: z.string(), restorePoint: z.string() }),
    make: async ({ params: { vm }, caller, log }, { at }) => {
      const retirement = await retire(services, vm, at);
      if (retirement.kind === "notFound") throw notFound();
      if (retirement.kind === "gone") {
        const message = "The VM is deleted; no restore point of it can be made any more.";
        throw new ApiError(409, { code: "VmDeleted", message });
      }
      await services.delayed.planVm({ vm }, 0);
      const { slot, restorePoint } = retirement;
      log.info("vmRetiring", { vm, slot, by: caller.id });
      return { slot, restorePoint };
    },
    answer: async ({ params: { vm } }, { slot, restorePoint }) => ({
      status: 202,
      body: { id: vm, slot, restorePoint },
    }),
  });
