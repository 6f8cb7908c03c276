/** Microsoft.Authorization/permissions of a resource group or a resource: what the caller may do there. */
import type { Emulator } from "../../emulator.ts";
import { type Handler, param } from "../../http/arm-request.ts";
import type { ArmRoute } from "../../http/route.ts";
import { GROUP, groupIdOf } from "../../paths.ts";
import { permissionIn, permissionOn } from "../../rules/permissions.ts";

const PERMISSIONS = "providers/Microsoft.Authorization/permissions";
const RESOURCE = "providers/{provider}/{type}/{name}";

export const permissionRoutes = (emulator: Emulator): ArmRoute[] =>
  [GROUP, `${GROUP}/${RESOURCE}`, `${GROUP}/${RESOURCE}/{childType}/{child}`].map((scope) => ({
    method: "GET",
    template: `${scope}/${PERMISSIONS}`,
    versions: "authorization",
    handler: list(emulator),
  }));

/** What is given on a resource itself shows there alone. */
const list =
  ({ settings }: Emulator): Handler =>
  (request) => {
    const names = ["type", "name", "childType", "child"].flatMap(
      (each) => request.params[each] ?? [],
    );
    const id = `${groupIdOf(request)}/providers/${[request.params["provider"], ...names].join("/")}`;
    const own = permissionOn(settings, id);
    const permissions = [
      permissionIn(settings, { ...request, group: param(request, "resourceGroup") }),
      ...(own ? [own] : []),
    ];
    const value = permissions.map((each) => ({ ...each, dataActions: [], notDataActions: [] }));
    return { status: 200, body: { value } };
  };
