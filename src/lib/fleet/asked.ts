import * as z from "zod";

/** What somebody asked for about one restore point, which no policy says. */
export const askedSchema = z.object({
  /** Kept until then, and not counted by policies. */
  keepUntil: z.iso.datetime().optional(),
  /** Regions that get a copy, whether or not a policy asks for one; until that copy goes again. */
  copyTo: z.array(z.string()).optional(),
  /** The one region that it is to be in. One that is made in its VM's own goes from there once it is copied. */
  onlyIn: z.string().optional(),
  /** It leaves out disks that no policy does, so that it takes the place of no other. */
  partial: z.boolean().optional(),
});
export type Asked = z.infer<typeof askedSchema>;

/** Nothing but what it holds, for a record of another kind. */
export const askedOf = ({ keepUntil, copyTo, onlyIn, partial }: Asked): Asked => ({
  ...(keepUntil === undefined ? {} : { keepUntil }),
  ...(copyTo === undefined ? {} : { copyTo }),
  ...(onlyIn === undefined ? {} : { onlyIn }),
  ...(partial === undefined ? {} : { partial }),
});
