/** Who is in a subnet: Azure does not delete it then. */
import type { State } from "../../state/state.ts";
import { interfaceProperties } from "./network-interfaces.ts";

/** The id of an ip configuration that names the subnet. */
export function userOf({ networkInterfaces }: State, subnetId: string): string | undefined {
  const wanted = subnetId.toLowerCase();
  for (const { id, properties } of networkInterfaces.all()) {
    const found = interfaceProperties
      .parse(properties)
      .ipConfigurations.find((each) => each.properties.subnet?.id.toLowerCase() === wanted);
    if (found) return `${id}/ipConfigurations/${found.name}`;
  }
  return undefined;
}
