/** A resource group as ARM answers it. */
import type { ResourceGroup } from "../../state/state.ts";

/** As operations and events call it; its own `type` is shorter. */
export const GROUP_OPERATIONS = "Microsoft.Resources/subscriptions/resourceGroups";

export const renderResourceGroup = ({
  id,
  name,
  location,
  tags,
  provisioningState,
}: ResourceGroup) => ({
  id,
  name,
  type: "Microsoft.Resources/resourceGroups",
  location,
  ...(tags ? { tags } : {}),
  properties: { provisioningState },
});
