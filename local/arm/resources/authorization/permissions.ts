/** Microsoft.Authorization/permissions of a resource group: what the caller may do there. */
import type { Emulator } from "../../emulator.ts";
import { param } from "../../http/arm-request.ts";
import type { ArmRoute } from "../../http/route.ts";
import { GROUP } from "../../paths.ts";
import { permissionIn } from "../../rules/permissions.ts";

export const permissionRoutes = ({ settings }: Emulator): ArmRoute[] => [
  {
    method: "GET",
    template: `${GROUP}/providers/Microsoft.Authorization/permissions`,
    versions: "authorization",
    handler: (request) => {
      const permission = permissionIn(settings, param(request, "resourceGroup"));
      const value = [{ ...permission, dataActions: [], notDataActions: [] }];
      return { status: 200, body: { value } };
    },
  },
];
