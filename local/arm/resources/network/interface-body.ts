/** What is said of a network interface, as far as the emulator looks into it. */
import { z } from "zod";
import type { NetworkInterface } from "../../state/state.ts";

const ipConfiguration = z.looseObject({
  name: z.string().min(1),
  properties: z.looseObject({
    subnet: z.looseObject({ id: z.string().min(1) }).optional(),
    primary: z.boolean().optional(),
    privateIPAllocationMethod: z.enum(["Dynamic", "Static"]).optional(),
    privateIPAddress: z.string().optional(),
  }),
});

export const interfaceProperties = z.looseObject({
  ipConfigurations: z.array(ipConfiguration).min(1),
});

export type IpConfiguration = z.infer<typeof ipConfiguration>;
export type InterfaceProperties = z.infer<typeof interfaceProperties>;

/** Of one that was made. */
export const ipConfigurationsOf = ({
  properties,
}: Pick<NetworkInterface, "properties">): readonly IpConfiguration[] =>
  interfaceProperties.parse(properties).ipConfigurations;

/** As errors and subnets name it. */
export const ipConfigurationId = (interfaceId: string, { name }: IpConfiguration): string =>
  `${interfaceId}/ipConfigurations/${name}`;
