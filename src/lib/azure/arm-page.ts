/** One page of a list. */
import type { ArmFailure } from "../operations/arm.ts";
import type { ArmClient, RequestOptions } from "./arm-client.ts";
import { isOn } from "./arm-get.ts";

/** What the SDK's lists have in common. */
interface PagedList<Item> {
  byPage(settings?: {
    continuationToken?: string;
  }): AsyncIterator<Item[] & { continuationToken?: string }>;
}

export type ListPage<Item> = {
  readonly kind: "page";
  readonly items: readonly Item[];
  readonly continuation?: string;
};

export const foreignNextLink: ArmFailure = {
  kind: "refused",
  conflict: false,
  error: {
    code: "ForeignNextLink",
    message: "The link to the next page is not on the configured ARM endpoint.",
  },
};

/** The continuation is ARM's link to the next page. It gets our token, so one that is not ARM's is refused. */
export async function pageOf<Item>(
  arm: ArmClient,
  list: (options: RequestOptions) => PagedList<Item>,
  continuation: string | undefined,
): Promise<ListPage<Item> | ArmFailure> {
  if (continuation !== undefined && !isOn(arm.options.endpoint, continuation)) {
    return foreignNextLink;
  }
  return await arm.request(
    async (options) => {
      const settings = continuation === undefined ? {} : { continuationToken: continuation };
      const next = list(options).byPage(settings).next();
      // Nobody waits for it once the time is over.
      next.catch(() => undefined);
      // The SDK hands its options to the request of the first page only.
      const { value } = await Promise.race([next, aborted(options.abortSignal)]);
      return value as (Item[] & { continuationToken?: string }) | undefined;
    },
    (page): ListPage<Item> => {
      const following = page?.continuationToken;
      const link = following === undefined ? {} : { continuation: following };
      return { kind: "page", items: [...(page ?? [])], ...link };
    },
  );
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
