/** Tells Event Grid of a finished request. */
import type { ArmRequest } from "./http/arm-request.ts";
import type { Emulator, Tags } from "./state.ts";

export interface Rendered {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location: string;
  readonly tags?: Tags;
  readonly properties: object;
}

const CATEGORIES = { write: "Write", delete: "Delete", action: "Action" } as const;

export function report(
  { changed }: Pick<Emulator, "changed">,
  { method, url, correlationId, clientRequestId }: ArmRequest,
  operationName: string,
  resource: Rendered,
  { existed = false }: { readonly existed?: boolean } = {},
): void {
  const verb = operationName.slice(operationName.lastIndexOf("/") + 1);
  const category = Object.entries(CATEGORIES).find(([name]) => name === verb)?.[1] ?? "Write";
  const { id, name, type, location, tags } = resource;
  const properties = { ...resource.properties };
  changed({
    resourceId: id,
    operationName,
    category,
    at: new Date(),
    correlationId,
    ...(existed ? { httpRequest: { method, url: url.href, clientRequestId } } : {}),
    ...(category === "Delete"
      ? {}
      : { resource: { id, name, type, location, ...(tags ? { tags } : {}), properties } }),
  });
}
