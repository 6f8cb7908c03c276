import type { AzureCli } from "./azure-cli.ts";

interface SystemTopic {
  readonly id: string;
  readonly source: string;
  readonly topicType: string;
}

interface ExistingTopics {
  readonly systemTopicId: string;
  readonly notificationsTopicId: string;
}

/**
 * The topics that a subscription has from somebody else, since it can have no second one; empty where it has none, or
 * one in the group that we make ourselves.
 */
export async function topicsOf(
  az: AzureCli,
  subscription: string,
  ownGroup: string,
): Promise<ExistingTopics> {
  const query = "[].{id: id, source: source, topicType: topicType}";
  const args = ["eventgrid", "system-topic", "list", "--subscription", subscription];
  const all = ((await az.ask([...args, "--query", query])) ?? []) as readonly SystemTopic[];
  const source = `/subscriptions/${subscription}`;
  const foreign = (type: string) =>
    all.find(
      (topic) =>
        same(topic.topicType, type) &&
        same(topic.source, source) &&
        !topic.id.toLowerCase().includes(`/resourcegroups/${ownGroup.toLowerCase()}/`),
    )?.id ?? "";
  return {
    systemTopicId: foreign("Microsoft.Resources.Subscriptions"),
    notificationsTopicId: foreign("Microsoft.ResourceNotifications.Resources"),
  };
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
