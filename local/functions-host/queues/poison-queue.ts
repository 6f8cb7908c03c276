/** Where messages end up that failed too often. */

const SUFFIX = "-poison";
/** The longest name a queue can have. */
const LONGEST = 63;

/** A poison queue has none itself, nor has a queue whose name leaves no room for the suffix. */
export function poisonQueueName(queueName: string): string | undefined {
  const name = `${queueName}${SUFFIX}`;
  return queueName.endsWith(SUFFIX) || name.length > LONGEST ? undefined : name;
}
