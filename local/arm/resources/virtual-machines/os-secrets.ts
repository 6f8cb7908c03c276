/** What of a VM's osProfile Azure takes and never shows again; here it is not even kept. */
import { hash } from "node:crypto";
import type { Json } from "../../state/state.ts";
import type { VirtualMachineBody } from "./body.ts";

const SECRETS = ["adminPassword", "customData"];

export const withoutSecrets = (osProfile: Json): Json =>
  Object.fromEntries(Object.entries(osProfile).filter(([name]) => !SECRETS.includes(name)));

/** Custom data cannot change: this tells whether it would. Undefined when the body has none. */
export function customDataHashOf({ properties }: VirtualMachineBody): string | undefined {
  const { customData } = properties.osProfile ?? {};
  return typeof customData === "string" ? hash("sha256", customData, "base64") : undefined;
}
