/** The event types that an Azure subscription has, and what follows from those that an event subscription names. */
import type { Subscription } from "../../../event-grid/subscription.ts";

/** Raised or not (nothing is cancelled here): all that Azure takes. */
const CLASSIC = ["Write", "Delete", "Action"].flatMap((category) =>
  ["Success", "Failure", "Cancel"].map((end) => `Microsoft.Resources.Resource${category}${end}`),
);
const NOTIFICATIONS = ["CreatedOrUpdated", "Deleted"].map(
  (change) => `Microsoft.ResourceNotifications.Resources.${change}`,
);
/** Azure's word for not choosing among the classic ones. */
const ALL = "All";

const has = (types: readonly string[], wanted: string): boolean =>
  types.some((type) => type.toLowerCase() === wanted.toLowerCase());

export const isEventType = (type: string): boolean =>
  has([ALL, ...CLASSIC, ...NOTIFICATIONS], type);

/** None named: all classic ones. */
export function topicOf(
  named: readonly string[],
): Pick<Subscription, "topic"> & { readonly types: readonly string[] } {
  const types = [
    ...(named.length === 0 || has(named, ALL) ? CLASSIC : []),
    ...named.filter((type) => type.toLowerCase() !== ALL.toLowerCase()),
  ];
  const classic = types.some((type) => has(CLASSIC, type));
  const notifications = types.some((type) => has(NOTIFICATIONS, type));
  if (classic && notifications) return { topic: "both", types };
  return { topic: classic ? "classic" : "resourceNotifications", types };
}
