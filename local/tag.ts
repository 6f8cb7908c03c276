/** `npm run tag -- web-01 hourly`: tags a VM of the running stack, as an operator would in Azure. */
import { parseArgs } from "node:util";
import { ArmRequestError } from "./stack/arm-client.ts";
import { connectToStack } from "./stack/connect.ts";
import { fleet } from "./stack/fleet.ts";
import { TAG_NAME } from "./stack/host-env.ts";
import { runCommand, UsageError } from "./stack/run-command.ts";
import { tagVm } from "./stack/tag-vm.ts";

const USAGE = `Usage: npm run tag -- <vm> <value>      e.g. npm run tag -- web-01 hourly
       npm run tag -- <vm> --remove
  <vm>     ${fleet.map(({ name }) => name).join(", ")}, or any other in the resource group
  <value>  hourly, daily, several with commas, or none to opt out`;

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      remove: { type: "boolean", default: false },
      /** By a write of the VM instead of the Tags API. */
      vm: { type: "boolean", default: false },
    },
  });
  const [vm, value, ...others] = positionals;
  if (vm === undefined || others.length > 0) throw new UsageError("Name one VM and one value.");
  if (values.remove === (value !== undefined))
    throw new UsageError("Give either a value or --remove.");
  const { armRequest } = await connectToStack();
  try {
    await tagVm(armRequest, { vm, tag: TAG_NAME, value, how: values.vm ? "vm" : "tags" });
  } catch (error) {
    if (!(error instanceof ArmRequestError) || error.status !== 404) throw error;
    throw new UsageError(`There is no VM "${vm}".`);
  }
  return value === undefined
    ? `Removed the tag ${TAG_NAME} from ${vm}.`
    : `Tagged ${vm}: ${TAG_NAME}=${value}.`;
});
