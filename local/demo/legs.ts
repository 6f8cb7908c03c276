/** How long each leg from a tag to a restore point took, by what the stack reported. */
import type { Activity } from "../stack/activity.ts";

interface Leg {
  readonly label: string;
  readonly ends: (activity: Activity) => boolean;
}

const named = (name: string) => (activity: Activity) => activity.name === name;

const legs: readonly Leg[] = [
  { label: "event delivered", ends: named("Delivered") },
  { label: "planned", ends: named("restorePointPlanned") },
  { label: "PUT at Azure", ends: named("restorePointReceived") },
  { label: "succeeded", ends: named("restorePointSucceeded") },
];

/** `Tag → event delivered 0.02 s → planned 0.15 s → … · 3.2 s in all`. Legs that nobody saw are left out. */
export function describeLegs(taggedAt: number, activities: readonly Activity[]): string {
  let from = taggedAt;
  const parts = legs.flatMap(({ label, ends }) => {
    const end = activities.find(ends);
    if (!end) return [];
    const at = Math.max(from, Date.parse(end.at));
    const part = `${label} ${seconds(at - from)}`;
    from = at;
    return [part];
  });
  return `Tag → ${parts.join(" → ")} · ${seconds(from - taggedAt)} in all`;
}

/** `0.21 s` */
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
