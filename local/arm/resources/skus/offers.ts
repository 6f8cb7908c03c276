/** The VM sizes and disk SKUs that the emulator knows, and where they are offered: a few of Azure's, one of each kind of trouble. */

export interface Offer {
  readonly resourceType: "virtualMachines" | "disks";
  readonly name: string;
  readonly tier: string;
  readonly size: string;
  readonly family?: string;
  readonly capabilities: Readonly<Record<string, number | string>>;
  /** Left out: in all. */
  readonly regions?: readonly string[];
  readonly onlyWithZones?: true;
  /** Where Azure offers it, but not to this subscription. */
  readonly restrictions?: readonly Restriction[];
}

interface Restriction {
  readonly region: string;
  /** Left out: in the whole region. */
  readonly zones?: readonly string[];
}

interface Size {
  readonly vCPUs: number;
  readonly memoryGB: number;
  readonly dataDisks: number;
  /** Whether it takes premium storage. */
  readonly premium?: boolean;
}

const vm = (
  name: string,
  family: string,
  { vCPUs, memoryGB, dataDisks, premium = true }: Size,
) => ({
  resourceType: "virtualMachines" as const,
  name,
  tier: "Standard",
  size: name.replace("Standard_", ""),
  family,
  capabilities: {
    vCPUs,
    MemoryGB: memoryGB,
    MaxDataDiskCount: dataDisks,
    PremiumIO: premium ? "True" : "False",
    HyperVGenerations: "V1,V2",
    CpuArchitectureType: "x64",
  },
});

/** Azure has an entry for each size of the older SKUs; here each has one. */
const disk = (name: string, tier: string, size: string, MinSizeGiB = 1, MaxSizeGiB = 32_767) => ({
  resourceType: "disks" as const,
  ...{ name, tier, size },
  capabilities: { MinSizeGiB, MaxSizeGiB },
});

const TWO = { vCPUs: 2, memoryGB: 8, dataDisks: 4 };
const A100 = { vCPUs: 24, memoryGB: 220, dataDisks: 8 };
const HPC = { vCPUs: 120, memoryGB: 448, dataDisks: 32 };

export const OFFERS: readonly Offer[] = [
  vm("Standard_B2ms", "standardBSFamily", TWO),
  vm("Standard_D2_v5", "standardDv5Family", { ...TWO, premium: false }),
  vm("Standard_D2s_v5", "standardDSv5Family", TWO),
  vm("Standard_D4s_v5", "standardDSv5Family", { vCPUs: 4, memoryGB: 16, dataDisks: 8 }),
  vm("Standard_D8s_v5", "standardDSv5Family", { vCPUs: 8, memoryGB: 32, dataDisks: 16 }),
  vm("Standard_E4s_v5", "standardESv5Family", { vCPUs: 4, memoryGB: 32, dataDisks: 8 }),
  vm("Standard_F4s_v2", "standardFSv2Family", { vCPUs: 4, memoryGB: 8, dataDisks: 8 }),
  { ...vm("Standard_HB120rs_v3", "standardHBrsv3Family", HPC), regions: ["westeurope"] },
  {
    ...vm("Standard_NC24ads_A100_v4", "StandardNCADSA100v4Family", A100),
    restrictions: [{ region: "northeurope" }, { region: "eastus", zones: ["3"] }],
  },
  disk("Standard_LRS", "Standard", "S"),
  disk("StandardSSD_LRS", "Standard", "E"),
  disk("Premium_LRS", "Premium", "P"),
  { ...disk("StandardSSD_ZRS", "Standard", "E"), onlyWithZones: true },
  { ...disk("Premium_ZRS", "Premium", "P"), onlyWithZones: true },
  { ...disk("PremiumV2_LRS", "Premium", "P", 1, 65_536), onlyWithZones: true },
  { ...disk("UltraSSD_LRS", "Ultra", "U", 4, 65_536), onlyWithZones: true },
];
