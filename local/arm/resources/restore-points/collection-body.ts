import { z } from "zod";
import { tagsSchema } from "../shared/tags.ts";

export const collectionBody = z.looseObject({
  location: z.string().min(1),
  tags: tagsSchema,
  properties: z.looseObject({
    source: z.looseObject({ id: z.string().min(1) }),
    instantAccess: z.boolean().nullish(),
  }),
});

export const collectionPatch = z.looseObject({
  tags: tagsSchema,
  properties: z
    .looseObject({
      source: z.looseObject({ id: z.string().min(1) }).nullish(),
      instantAccess: z.boolean().nullish(),
    })
    .optional(),
});
