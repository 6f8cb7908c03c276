/** The fixed ports of `npm start`, and the variables that move them. */

export interface Ports {
  readonly functions: number;
  readonly arm: number;
  readonly disks: number;
  readonly control: number;
  readonly identity: number;
  readonly managedIdentity: number;
  readonly notifications: number;
  readonly blob: number;
  readonly queue: number;
  readonly table: number;
}

export interface PortPlan {
  readonly part: keyof Ports;
  readonly variable: string;
  readonly usual: number;
  /** What it is for, in words. */
  readonly purpose: string;
}

export const portPlans: readonly PortPlan[] = [
  { part: "functions", variable: "FUNCTIONS_PORT", usual: 7071, purpose: "functions host" },
  { part: "arm", variable: "ARM_PORT", usual: 7443, purpose: "Azure Resource Manager" },
  { part: "disks", variable: "DISKS_PORT", usual: 7446, purpose: "bytes of disks by SAS" },
  { part: "control", variable: "CONTROL_PORT", usual: 7447, purpose: "emulator's control plane" },
  { part: "identity", variable: "IDENTITY_PORT", usual: 7444, purpose: "identity" },
  {
    part: "managedIdentity",
    variable: "MANAGED_IDENTITY_PORT",
    usual: 7445,
    purpose: "managed identity",
  },
  {
    part: "notifications",
    variable: "NOTIFICATIONS_PORT",
    usual: 7448,
    purpose: "topic for notifications",
  },
  { part: "blob", variable: "BLOB_PORT", usual: 10_000, purpose: "Azurite blobs" },
  { part: "queue", variable: "QUEUE_PORT", usual: 10_001, purpose: "Azurite queues" },
  { part: "table", variable: "TABLE_PORT", usual: 10_002, purpose: "Azurite tables" },
];

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws, naming every variable that is wrong. */
export function readPorts(environment: Environment): Ports {
  const chosen = portPlans.map((plan) => ({ plan, port: portFrom(plan, environment) }));
  const wrong = chosen.filter(({ port }) => port === undefined).map(({ plan }) => plan.variable);
  if (wrong.length > 0) throw new Error(`Not a port from 1 to 65535: ${wrong.join(", ")}.`);
  const twice = chosen.filter(({ port }, index) =>
    chosen.some((other, at) => at !== index && other.port === port),
  );
  if (twice.length > 0)
    throw new Error(
      `One port cannot serve two: ${twice.map(({ plan, port }) => `${plan.variable}=${port}`).join(", ")}.`,
    );
  const port = (part: keyof Ports) => chosen.find(({ plan }) => plan.part === part)?.port ?? 0;
  return {
    functions: port("functions"),
    arm: port("arm"),
    disks: port("disks"),
    control: port("control"),
    identity: port("identity"),
    managedIdentity: port("managedIdentity"),
    notifications: port("notifications"),
    blob: port("blob"),
    queue: port("queue"),
    table: port("table"),
  };
}

function portFrom({ variable, usual }: PortPlan, environment: Environment): number | undefined {
  const text = environment[variable];
  if (text === undefined || text === "") return usual;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}
