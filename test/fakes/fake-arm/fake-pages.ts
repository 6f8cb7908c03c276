/** Lists, page by page. The continuation is a link, as ARM's is. */
const PAGES = "https://arm.test/pages/";

export function pageOf<Item, Read>(
  all: readonly Item[],
  size: number,
  continuation: string | undefined,
  read: (item: Item) => Read,
): { items: Read[]; continuation?: string } {
  const from = continuation === undefined ? 0 : Number(continuation.slice(PAGES.length));
  const next = from + size;
  const items = all.slice(from, next).map(read);
  return next < all.length ? { items, continuation: `${PAGES}${next}` } : { items };
}
