/** Tells Event Grid of a finished request. */
import type { Emulator } from "./emulator.ts";
import type { RequestFacts } from "./operations/operation.ts";
import type { Tags } from "./state/state.ts";

export interface Rendered {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location: string;
  readonly tags?: Tags;
  readonly properties: object;
}

export interface Reported {
  /** `Microsoft.Compute/virtualMachines/write` */
  readonly operationName: string;
  readonly resource: Rendered;
  /** Whether the resource was there before. */
  readonly existed?: boolean;
  readonly failed?: boolean;
}

const CATEGORIES = { write: "Write", delete: "Delete", action: "Action" } as const;

export function report(
  { changed, clock }: Pick<Emulator, "changed" | "clock">,
  { method, url, correlationId, clientRequestId }: RequestFacts,
  { operationName, resource, existed = false, failed = false }: Reported,
): void {
  const verb = operationName.slice(operationName.lastIndexOf("/") + 1);
  const category = Object.entries(CATEGORIES).find(([name]) => name === verb)?.[1] ?? "Write";
  const { id, name, type, location, tags } = resource;
  const properties = { ...resource.properties };
  changed({
    resourceId: id,
    operationName,
    category,
    at: new Date(clock.now()),
    correlationId,
    ...(existed ? { httpRequest: { method, url, clientRequestId } } : {}),
    ...(failed ? { status: "Failed" as const } : {}),
    ...(category === "Delete"
      ? {}
      : { resource: { id, name, type, location, ...(tags ? { tags } : {}), properties } }),
  });
}

/** What of a request is needed after it was answered. */
export const factsOf = ({
  method,
  url,
  correlationId,
  clientRequestId,
}: Omit<RequestFacts, "url"> & { readonly url: URL }): RequestFacts => ({
  method,
  url: url.href,
  correlationId,
  clientRequestId,
});
