/** A list, page by page: `value`, and `nextLink` while there is more. */
import type { ArmAnswer, ArmRequest } from "./arm-request.ts";

const PAGE = 100;

/** Recorded: lists spell the resource group of an id in upper case, whatever its own casing is. */
export const listed = <T extends { readonly id: string }>(resource: T): T => ({
  ...resource,
  id: resource.id.replace(/(?<=\/resourceGroups\/)[^/]+/i, (group) => group.toUpperCase()),
});

export function listAnswer<T>(
  { url }: ArmRequest,
  items: readonly T[],
  render: (item: T) => unknown,
): ArmAnswer {
  const skip = Number(url.searchParams.get("$skipToken") ?? 0);
  const page = items.slice(skip, skip + PAGE).map(render);
  if (skip + PAGE >= items.length) return { status: 200, body: { value: page } };
  const next = new URL(url);
  next.searchParams.set("$skipToken", `${skip + PAGE}`);
  return { status: 200, body: { value: page, nextLink: next.href } };
}
