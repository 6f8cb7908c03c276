/** Whether the region offers, in the zone, the disks and the size that are to be made. */
import { vmNameOf } from "../../fleet/vm-key.ts";
import type { SkuReading } from "../../operations/arm-resources.ts";
import { isDirectDrive, zoneOfDisk } from "../disk-skus.ts";
import type { Restore, RestoreProblem } from "../restore.ts";
import { type CheckDeps, unanswered, type Verdict } from "./verdict.ts";

export async function checkSkus(
  { azureFacts }: Pick<CheckDeps, "azureFacts">,
  restore: Restore,
): Promise<Verdict> {
  const { vm, location, size, zone, resources } = restore;
  const reading = await azureFacts.listSkus(vmNameOf(vm).subscriptionId, location);
  if (reading.kind === "notFound") return { problems: [] };
  if (reading.kind !== "found") return unanswered(reading, "sku", `what ${location} offers`);
  const disks = new Set(resources.flatMap(({ disk }) => disk?.sku ?? []));
  const problems = [...disks].map((sku) =>
    problemOf(reading.skus, { resourceType: "disks", name: sku }, zoneOfDisk(sku, zone), location),
  );
  if (size !== undefined && restore.kind === "vm") {
    const asked = { resourceType: "virtualMachines", name: size } as const;
    problems.push(problemOf(reading.skus, asked, zone, location));
    problems.push(...misfits(reading.skus, restore, size));
  }
  return { problems: problems.filter((each) => each !== undefined) };
}

/** What the size cannot have. Azure says that of some sizes only, and nothing is concluded from silence. */
function misfits(
  skus: readonly SkuReading[],
  { resources }: Restore,
  size: string,
): RestoreProblem[] {
  const offered = skus.find(
    (sku) =>
      sku.resourceType === "virtualMachines" && sku.name.toLowerCase() === size.toLowerCase(),
  );
  const disks = resources.flatMap(({ disk }) => disk ?? []);
  const problems: RestoreProblem[] = [];
  const premium = disks.find(({ sku }) => sku.startsWith("Premium") || sku.startsWith("Ultra"));
  if (offered?.premiumIO === false && premium) {
    const message = `${size} takes no disks of ${premium.sku}.`;
    problems.push({ code: "SizeWithoutPremium", message, target: "size" });
  }
  const most = offered?.mostDataDisks;
  const data = disks.filter(({ lun }) => lun !== undefined).length;
  if (most !== undefined && data > most) {
    const message = `${size} takes ${most} data disks, and there would be ${data}.`;
    problems.push({ code: "TooManyDataDisks", message, target: "size" });
  }
  return problems;
}

type Named = Pick<SkuReading, "resourceType" | "name">;

function problemOf(
  skus: readonly SkuReading[],
  { resourceType, name }: Named,
  zone: string | undefined,
  location: string,
): RestoreProblem | undefined {
  const [code, target] =
    resourceType === "disks"
      ? (["SkuNotAvailable", "sku"] as const)
      : (["SizeNotAvailable", "size"] as const);
  const offered = skus.filter(
    (sku) => sku.resourceType === resourceType && sku.name.toLowerCase() === name.toLowerCase(),
  );
  if (offered.length === 0) {
    return { code, message: `${location} does not offer ${name}.`, target };
  }
  const zonal = offered.some(({ zones }) => zones.length > 0);
  if (zone === undefined && zonal && isDirectDrive(name)) {
    const message = `${location} offers ${name} in zones only: name one.`;
    return { code: "ZoneRequired", message, target: "zone" };
  }
  if (zone === undefined || offered.some(({ zones }) => zones.includes(zone))) return undefined;
  const zones = [...new Set(offered.flatMap((sku) => sku.zones))].sort();
  const where = zones.length === 0 ? "in no zone" : `in zone ${zones.join(", ")}`;
  const message = `${location} offers ${name} ${where}, not in ${zone}.`;
  return { code: "ZoneNotAvailable", message, target: "zone" };
}
