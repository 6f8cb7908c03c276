/** Tells our collections from those of other products, which are never touched. */
export const OWNER_TAG = { "managed-by": "vm-restore-points" };
