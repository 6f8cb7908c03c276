import { z } from "zod";
import { integer } from "../shared/integer.ts";
import { oneOf } from "../shared/one-of.ts";

/** 60 days: https://learn.microsoft.com/azure/virtual-machines/linux/disks-upload-vhd-to-managed-disk-cli */
const LONGEST_IN_SECONDS = 5_184_000;

const seconds = integer.pipe(
  z
    .int()
    .min(1, { error: "must be at least 1" })
    .max(LONGEST_IN_SECONDS, { error: `must be at most ${LONGEST_IN_SECONDS} (60 days)` }),
);

export const grantAccessBody = z.looseObject({
  access: oneOf(["None", "Read", "Write"]),
  durationInSeconds: seconds,
  fileFormat: oneOf(["VHD", "VHDX"]).nullish(),
  getSecureVMGuestStateSAS: z.boolean().nullish(),
});
export type GrantAccessBody = z.infer<typeof grantAccessBody>;
