/** One example of each body that matters, by the name of its schema. */
const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
const VM = `${SUBSCRIPTION}~shop~web-01`;
const GRANT = "aaaaaaaa-0000-4000-8000-00000000000a~01KG8M0Q5TZ9V3X7C2B4N6P8RS";
const OPERATION = `${VM}~01KG8M0Q5TZ9V3X7C2B4N6P8RT`;
const COMPUTE = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.Compute`;
const POINT = "s202601311000-a1";
const RESTORE_POINT = `${COMPUTE}/restorePointCollections/rpc-web-01-0f47b1a2/restorePoints/${POINT}`;

export const examples = {
  PolicyDocument: {
    description: "Every four hours, a month of it, and a copy in the other region.",
    schedule: { every: "PT4H" },
    consistency: "ApplicationThenCrashConsistent",
    retention: { last: 12, daily: 30 },
    copies: [{ region: "northeurope", retention: { daily: 7 } }],
  },
  PartnerDocument: {
    name: "Contoso Backup",
    contact: "backup@contoso.example",
    scope: [{ subscriptionId: SUBSCRIPTION, resourceGroup: "shop" }],
    verbs: ["read", "grants"],
  },
  GrantRequest: {
    vm: VM,
    restorePoint: POINT,
    disk: "web-01-os",
    reason: "Nightly backup",
    duration: "PT2H",
  },
  SwitchSetting: { value: "off", reason: "The catalogue is being looked over." },
  PreviewRequest: { days: 30 },
  VirtualMachine: {
    id: VM,
    resourceId: `${COMPUTE}/virtualMachines/web-01`,
    location: "westeurope",
    state: "Protected",
    tag: "gold",
    policies: ["gold"],
    nextSlotAt: "2026-01-31T14:00:00.000Z",
    excludedDisks: [],
    openSlots: [],
  },
  Operation: {
    id: OPERATION,
    kind: "createRestorePoint",
    status: "Succeeded",
    vm: VM,
    resourceId: RESTORE_POINT,
    restorePoint: POINT,
    looks: 3,
    createdAt: "2026-01-31T10:00:00.000Z",
    submittedAt: "2026-01-31T10:00:01.000Z",
    endedAt: "2026-01-31T10:01:30.000Z",
  },
  Grant: {
    id: GRANT,
    state: "Active",
    holder: { id: "aaaaaaaa-0000-4000-8000-00000000000a", kind: "app" },
    vm: VM,
    restorePoint: POINT,
    disk: { name: "web-01-os" },
    diskRestorePointId: `${RESTORE_POINT}/diskRestorePoints/web-01-os_guid`,
    reason: "Nightly backup",
    requestedDuration: "PT2H",
    effectiveDuration: "PT2H",
    requestedAt: "2026-01-31T10:10:00.000Z",
    activeSince: "2026-01-31T10:10:04.000Z",
    expiresAt: "2026-01-31T12:10:00.000Z",
    operationId: OPERATION,
    readings: { count: 0, newest: [] },
  },
  Error: {
    error: {
      code: "InvalidParameter",
      message: "top: expected a number from 1 to 200",
      target: "top",
    },
  },
};
