import type { NetworkInterface } from "../../state/state.ts";

/** What every resource of Microsoft.Network answers, beside its properties. */
export const headOf = (
  type: string,
  { id, name, location, revision, tags }: Omit<NetworkInterface, "properties">,
) => ({
  ...{ id, name, type, location },
  etag: `W/"${revision}"`,
  ...(tags ? { tags } : {}),
});
