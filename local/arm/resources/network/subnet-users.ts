/** Who is in a subnet: Azure does not delete it then. */
import { z } from "zod";
import type { State } from "../../state/state.ts";

const configured = z.looseObject({
  ipConfigurations: z.array(
    z.looseObject({
      name: z.string(),
      properties: z.looseObject({ subnet: z.looseObject({ id: z.string() }).optional() }),
    }),
  ),
});

/** The id of an ip configuration that names the subnet. */
export function userOf({ networkInterfaces }: State, subnetId: string): string | undefined {
  const wanted = subnetId.toLowerCase();
  for (const { id, properties } of networkInterfaces.all()) {
    const found = configured
      .parse(properties)
      .ipConfigurations.find((each) => each.properties.subnet?.id.toLowerCase() === wanted);
    if (found) return `${id}/ipConfigurations/${found.name}`;
  }
  return undefined;
}
