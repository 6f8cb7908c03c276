/** What the ARM emulator tells Event Grid about a request that has ended. */

export interface ResourceChange {
  readonly resourceId: string;
  /** As in Azure's activity log: `Microsoft.Compute/virtualMachines/write`. */
  readonly operationName: string;
  readonly category: "Write" | "Delete" | "Action";
  /** Left out: it succeeded. */
  readonly status?: "Succeeded" | "Failed";
  readonly at: Date;
  readonly correlationId: string;
  /** Azure leaves it out when a resource is created. */
  readonly httpRequest?: {
    readonly method: string;
    readonly url: string;
    readonly clientRequestId: string;
  };
  /** The resource after the change, where it still exists. */
  readonly resource?: {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly location: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly properties: Readonly<Record<string, unknown>>;
  };
}
