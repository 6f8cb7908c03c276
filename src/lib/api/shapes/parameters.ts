/** What a path or a query names. */
import * as z from "zod";
import { LONGEST_VM_KEY, vmKeySchema } from "../../fleet/vm-key.ts";
import { grantIdSchema } from "../../grants/grant-id.ts";
import { operationIdSchema } from "../../operations/operation-id.ts";
import { inAnyCase } from "./text.ts";

/** In any casing; a subscription is one in Azure, and nothing else. */
export const subscriptionText = inAnyCase(64)
  .pipe(z.string().regex(/^[0-9a-z-]{1,64}$/, { error: "expected the id of a subscription" }))
  .meta({ description: "Id of the subscription, in any casing." });

export const vmText = inAnyCase(LONGEST_VM_KEY)
  .pipe(vmKeySchema)
  .meta({
    description: "`<subscriptionId>~<resourceGroup>~<name>`, in any casing.",
    examples: ["00000000-0000-0000-0000-000000000001~shop~web-01"],
  });

const pointNameText = z
  .string()
  .regex(/^[\w-]{1,80}$/, { error: "expected the name of a restore point" })
  .meta({ description: "Name of the restore point." });

export const regionText = inAnyCase(40)
  .pipe(
    z.string().regex(/^[a-z0-9]{2,40}$/, {
      error: "expected the name of an Azure region, such as westeurope",
    }),
  )
  .meta({ description: "Azure region, as in `westeurope`." });

export const vmParams = z.object({ vm: vmText });
export const pointParams = vmParams.extend({ point: pointNameText });
export const operationParams = z.object({
  operation: operationIdSchema.meta({ description: "Id of the operation." }),
});
export const grantParams = z.object({
  id: grantIdSchema.meta({ description: "Id of the grant." }),
});
