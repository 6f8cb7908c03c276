/** The VMs that a local stack begins with: a small fleet with the differences that matter to restore points. */

export interface SeedDisk {
  readonly name: string;
  readonly sizeGB: number;
  readonly sku: "Premium_LRS" | "StandardSSD_LRS";
  /** Shared disks cannot be part of a restore point, so they are left out of it. */
  readonly maxShares?: number;
}

export interface SeedVm {
  readonly name: string;
  readonly os: "Linux" | "Windows";
  readonly size: string;
  readonly zone?: string;
  readonly osDisk: SeedDisk;
  readonly dataDisks: readonly SeedDisk[];
  /** Deallocated VMs have no agent, so only crash-consistent restore points can be made of them. */
  readonly deallocated?: true;
}

const osDisk = (name: string, sizeGB = 32): SeedDisk => ({ name, sizeGB, sku: "Premium_LRS" });

export const fleet: readonly SeedVm[] = [
  {
    name: "web-01",
    os: "Linux",
    size: "Standard_D2s_v5",
    osDisk: osDisk("web-01-os"),
    dataDisks: [],
  },
  {
    name: "db-01",
    os: "Windows",
    size: "Standard_E4s_v5",
    zone: "1",
    osDisk: osDisk("db-01-os", 128),
    dataDisks: [
      { name: "db-01-data", sizeGB: 256, sku: "Premium_LRS" },
      { name: "db-01-log", sizeGB: 64, sku: "Premium_LRS" },
    ],
  },
  {
    name: "app-01",
    os: "Linux",
    size: "Standard_D4s_v5",
    osDisk: osDisk("app-01-os"),
    dataDisks: [{ name: "app-01-shared", sizeGB: 256, sku: "Premium_LRS", maxShares: 2 }],
  },
  {
    name: "batch-01",
    os: "Linux",
    size: "Standard_F4s_v2",
    osDisk: { name: "batch-01-os", sizeGB: 30, sku: "StandardSSD_LRS" },
    dataDisks: [],
    deallocated: true,
  },
];
