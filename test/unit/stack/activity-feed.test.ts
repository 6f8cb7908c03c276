import { expect, test } from "vitest";
import type { Activity } from "../../../local/stack/activity.ts";
import { readActivities, startActivityFeed } from "../../../local/stack/activity-feed.ts";

const activity = (name: string): Activity => ({ at: "", source: "arm", name, fields: {} });

test("every reader gets what happens after it connected, until the feed closes", async () => {
  const feed = await startActivityFeed();
  const reader = await readActivities(feed.url, AbortSignal.timeout(10_000));
  feed.publish(activity("one"));
  feed.publish(activity("tüw\nö"));
  const next = async () => (await reader.next()).value?.name;
  expect([await next(), await next()]).toEqual(["one", "tüw\nö"]);
  const end = expect(reader.next()).rejects.toThrow();
  await feed.close();
  await end;
});
