/**
 * Everything the app needs, on one machine: storage, identity, Azure Resource Manager, Event Grid and the
 * functions host. Tests start it on free ports, `npm start` on fixed ones; the parts are the same.
 */
import type { FunctionsHost } from "../functions-host/spawn.ts";
import { type Activity, activityOfLine } from "./activity.ts";
import { type ActivityFeed, startActivityFeed } from "./activity-feed.ts";
import type { StackAddresses } from "./addresses.ts";
import { type ApiRequest, createApiRequest } from "./api-client.ts";
import { type ArmRequest, createArmRequest } from "./arm-client.ts";
import { Closers } from "./closers.ts";
import { type ControlPlane, startControlPlane } from "./control-plane.ts";
import { eventSubscriptions } from "./event-subscriptions.ts";
import { type Foundation, startFoundation } from "./foundation.ts";
import { hostEnv, TAG_NAME } from "./host-env.ts";
import { type HostPool, startHostPool } from "./host-pool.ts";
import { putReceived } from "./put-received.ts";
import { seedFleet } from "./seed.ts";
import { seedPartners } from "./seed-partners.ts";
import { DEFAULT_APP, type StackOptions } from "./stack-options.ts";
import { type TaggingWay, tagVm } from "./tag-vm.ts";
import { createTokens } from "./tokens.ts";

export interface Stack extends Foundation, ControlPlane {
  readonly addresses: StackAddresses;
  readonly hosts: readonly FunctionsHost[];
  /** Ends a functions host if it still runs, and starts it again on the same port. */
  restartHost(index: number): Promise<FunctionsHost>;
  readonly api: ApiRequest;
  readonly armRequest: ArmRequest;
  /** Tags a seeded VM; `undefined` removes the tag. Default way: the Tags API. */
  tagVm(name: string, value: string | undefined, how?: TaggingWay): Promise<void>;
  close(): Promise<void>;
}

/** Resolves when all parts serve and Event Grid delivers; ends what it started when a part fails. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const closers = new Closers();
  try {
    return await startParts(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function startParts(options: StackOptions, closers: Closers): Promise<Stack> {
  const feed = await startActivityFeed();
  closers.add(feed.close);
  const tell = (activity: Activity) => {
    feed.publish(activity);
    options.onActivity?.(activity);
  };
  const foundation = await startFoundation(options, closers);
  const controlPlane = await startControlPlane(options, foundation, tell, closers);
  const tokens = createTokens(foundation.identity);
  const armRequest = createArmRequest({ arm: controlPlane.arm.url }, tokens);

  const starting = startHosts(options, foundation, controlPlane, tell).then((pool) => {
    closers.add(pool.stop);
    return pool;
  });
  const seeding = options.seed === false ? undefined : seedFleet({ ...controlPlane, armRequest });
  await Promise.allSettled([starting, seeding]);
  const [pool] = await Promise.all([starting, seeding]);

  const api = createApiRequest(foundation.identity.audience, pool.nextUrl, tokens);
  if (options.seed !== false) await seedPartners(api);
  const webhook = () => new URL(WEBHOOK, pool.nextUrl()).href;
  for (const subscription of (options.subscriptions ?? eventSubscriptions)(webhook))
    await controlPlane.eventGrid.subscribe(subscription);
  return {
    ...foundation,
    ...controlPlane,
    addresses: addressesOf(foundation, controlPlane, pool, feed),
    hosts: pool.hosts,
    restartHost: pool.restart,
    api,
    armRequest,
    tagVm: (vm, value, how = "tags") => tagVm(armRequest, { vm, tag: TAG_NAME, value, how }),
    close: () => closers.close(),
  };
}

const WEBHOOK = "/runtime/webhooks/eventgrid?functionName=ResourceChanged";

async function startHosts(
  options: StackOptions,
  foundation: Foundation,
  { arm, topic }: ControlPlane,
  tell: (activity: Activity) => void,
): Promise<HostPool> {
  const isTold = options.notifications ?? true;
  const notificationsEndpoint = isTold ? topic.endpoint : undefined;
  return await startHostPool({
    app: options.app ?? DEFAULT_APP,
    count: options.hosts ?? 1,
    port: options.ports?.functions,
    env: { ...hostEnv({ ...foundation, armUrl: arm.url, notificationsEndpoint }), ...options.env },
    onLog: (line) => {
      options.onLog?.(line);
      const activity = activityOfLine(line);
      if (!activity) return;
      const received = putReceived(activity, arm.requests);
      if (received) tell(received);
      tell(activity);
    },
  });
}

function addressesOf(
  { azurite, identity }: Foundation,
  { arm, control, topic }: ControlPlane,
  pool: HostPool,
  feed: ActivityFeed,
): StackAddresses {
  return {
    functions: pool.nextUrl(),
    arm: arm.url,
    control: control.url,
    issuer: identity.issuer,
    tokenEndpoint: identity.tokenEndpoint,
    apiAudience: identity.audience,
    ...azurite.urls(azurite.account),
    notifications: topic.eventsUrl,
    activity: feed.url,
  };
}
