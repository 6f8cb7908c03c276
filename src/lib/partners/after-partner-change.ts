/**
 * What follows every PUT and DELETE of a partner once its record is written, also of one that changed nothing: the one
 * before it may have been cut off here. A smaller scope, fewer verbs or a disabled partner may have to end what the
 * partner `id` holds; nothing can be held yet.
 */
export async function afterPartnerChange(_id: string): Promise<void> {}
