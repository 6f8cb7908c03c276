/** What `npm run arm` prints when it is ready. */
import { relative } from "node:path";
import type { AloneAddresses } from "./start-alone.ts";

const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";

export function screen(addresses: AloneAddresses, data: string | undefined): string {
  const { arm, control, disks, tokenEndpoint, certificateAuthority, token } = addresses;
  const ca = shortest(certificateAuthority);
  return `
Ready.

  Azure (ARM)     ${arm}
  Control         ${control}
  Disks (SAS)     ${disks}
  Tokens          ${tokenEndpoint}
  CA certificate  ${ca}
  State           ${data === undefined ? "in memory, gone at the end (--data <folder> keeps it)" : shortest(data)}

Try in another terminal:

  curl --cacert ${ca} -H "Authorization: Bearer ${token}" "${arm}/subscriptions/${SUBSCRIPTION}/resourceGroups?api-version=2021-04-01"
  curl ${control}/usage

Ctrl-C stops everything.
`;
}

function shortest(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere !== "" && fromHere.length < path.length ? fromHere : path;
}
