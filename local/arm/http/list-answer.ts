/** A list, page by page: `value`, and `nextLink` while there is more. */
import type { ResourceMap } from "../state/resource-map.ts";
import { type ArmAnswer, type ArmRequest, queryOf } from "./arm-request.ts";

const PAGE = 100;

/** Recorded: lists spell the resource group of an id in upper case, whatever its own casing is. */
export const listed = <T extends { readonly id: string }>(resource: T): T => ({
  ...resource,
  id: resource.id.replace(/(?<=\/resourceGroups\/)[^/]+/i, (group) => group.toUpperCase()),
});

/**
 * The resources whose id begins with `prefix`. A page goes on after the last one of the page before, so that what is
 * made or deleted meanwhile neither hides nor repeats another.
 */
export function listAnswer<T extends { readonly id: string }>(
  request: ArmRequest,
  resources: ResourceMap<T>,
  prefix: string,
  render: (item: T) => unknown,
): ArmAnswer {
  const token = queryOf(request, "$skipToken");
  const after = token === undefined ? undefined : prefix + Buffer.from(token, "base64url");
  const page: T[] = [];
  for (const resource of resources.under(prefix, after)) {
    if (page.length === PAGE) return answer(request, page, prefix, render);
    page.push(resource);
  }
  return { status: 200, body: { value: page.map(render) } };
}

function answer<T extends { readonly id: string }>(
  { url }: ArmRequest,
  page: readonly T[],
  prefix: string,
  render: (item: T) => unknown,
): ArmAnswer {
  const last = page.at(-1)?.id.slice(prefix.length) ?? "";
  const next = new URL(url);
  const spelled = [...next.searchParams.keys()].filter((name) => /^\$skiptoken$/i.test(name));
  for (const name of spelled) next.searchParams.delete(name);
  next.searchParams.set("$skipToken", Buffer.from(last).toString("base64url"));
  return { status: 200, body: { value: page.map(render), nextLink: next.href } };
}
