/** Who is in a subnet: Azure does not delete it then. */
import { ArmError } from "../../http/arm-error.ts";
import { sameId } from "../../paths.ts";
import type { State } from "../../state/state.ts";
import { type IpConfiguration, ipConfigurationId, ipConfigurationsOf } from "./interface-body.ts";

interface SubnetUser {
  readonly interfaceId: string;
  readonly configuration: IpConfiguration;
}

/** The ip configurations that name the subnet. */
export function* usersOf({ networkInterfaces }: State, subnetId: string): Generator<SubnetUser> {
  for (const each of networkInterfaces.all()) {
    for (const configuration of ipConfigurationsOf(each)) {
      const { subnet } = configuration.properties;
      if (subnet && sameId(subnet.id, subnetId)) yield { interfaceId: each.id, configuration };
    }
  }
}

/** Throws when something is in the subnet. */
export function demandUnused(state: State, networkId: string, name: string): void {
  for (const { interfaceId, configuration } of usersOf(state, `${networkId}/subnets/${name}`)) {
    const user = ipConfigurationId(interfaceId, configuration);
    const message = `Subnet ${name} is in use by ${user} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`;
    throw new ArmError(400, "InUseSubnetCannotBeDeleted", message);
  }
}
