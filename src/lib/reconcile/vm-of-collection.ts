import { parseResourceId } from "../fleet/resource-id.ts";
import { type VmKey, vmKeySchema } from "../fleet/vm-key.ts";

/**
 * The VM of one of our own collections, which stands beside it and is named `rpc-<vm>-<start of its GUID>`,
 * with `-in-<region>` if it is in another one. For copies
 * alone: their source is that collection, which may be gone. Undefined for any other name.
 */
export function vmOfCollectionName(id: string): VmKey | undefined {
  const parsed = parseResourceId(id);
  const [, vm] = /^rpc-(.+)-[0-9a-f]{8}(?:-in-[a-z0-9]+)?$/i.exec(parsed?.names[0] ?? "") ?? [];
  if (parsed === undefined || vm === undefined) return undefined;
  const { subscriptionId, resourceGroup } = parsed;
  return vmKeySchema.safeParse(`${subscriptionId}~${resourceGroup}~${vm}`.toLowerCase()).data;
}
