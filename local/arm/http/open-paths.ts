/** What is answered without a token: what clients ask to find out where everything is. */
import type { Emulator } from "../emulator.ts";
import type { EventSubscriptions } from "../resources/event-grid/event-subscriptions.ts";
import type { ArmAnswer } from "./arm-request.ts";
import type { RawRequest } from "./server.ts";

/** Where a webhook agrees to an event subscription after its validation, by what only it was told. */
export const AGREEMENT_PATH = "/eventGrid/validate";

export interface OpenParts {
  readonly emulator: Emulator;
  readonly eventSubscriptions: EventSubscriptions | undefined;
  /** Of the tokens that ARM takes; left out: clients must know. */
  readonly loginEndpoint: string | undefined;
}

/** Undefined for every other path. */
export function openAnswer(
  { emulator, eventSubscriptions, loginEndpoint }: OpenParts,
  { url }: RawRequest,
): ArmAnswer | undefined {
  switch (url.pathname) {
    case AGREEMENT_PATH:
      return { status: eventSubscriptions?.agreed(url) ? 200 : 404 };
    case "/metadata/endpoints":
      return { status: 200, body: metadata(url.origin, emulator.diskEndpoint, loginEndpoint) };
    default:
      return undefined;
  }
}

/** As Terraform (`metadata_host`) and `az cloud register --endpoint-…` read it. */
const metadata = (arm: string, disks: string, login: string | undefined) => ({
  name: "VmRestorePointsLocal",
  resourceManager: `${arm}/`,
  ...(login === undefined
    ? {}
    : {
        authentication: {
          loginEndpoint: login,
          audiences: ["https://management.azure.com/", "https://management.core.windows.net/"],
          tenant: "common",
          identityProvider: "AAD",
        },
      }),
  suffixes: { storage: new URL(disks).host },
});
