import type { Log } from "../../telemetry.ts";
import type { Arm } from "../arm.ts";
import type { Operation } from "../operation.ts";
import { checkRestore } from "./check-restore.ts";
import { copyRestorePoint } from "./copy-restore-point.ts";
import { createDisk } from "./create-disk.ts";
import { createNetworkInterface } from "./create-network-interface.ts";
import { createRestorePoint } from "./create-restore-point.ts";
import { createVirtualMachine } from "./create-virtual-machine.ts";
import { deleteRestorePoint } from "./delete-restore-point.ts";
import { deleteRestored } from "./delete-restored.ts";
import { grantAccess } from "./grant-access.ts";
import type { Found, OperationKind, Submitted, Surroundings } from "./operation-kind.ts";
import { revokeAccess } from "./revoke-access.ts";

type Bound = Pick<OperationKind<Operation>, "events" | "firstWait" | "leaseMs" | "longestWait"> & {
  readonly endsWithStatus: boolean;
  readonly budget: string | undefined;
  /** What is to be started after this has succeeded. */
  readonly nextStep: Operation | undefined;
  submit(surroundings: Surroundings, log: Log): Promise<Submitted>;
  find(arm: Arm): Promise<Found>;
};

/** What an operation's kind makes of it. */
export function kindOf(operation: Operation): Bound {
  switch (operation.kind) {
    case "createRestorePoint":
      return bind(createRestorePoint, operation);
    case "copyRestorePoint":
      return bind(copyRestorePoint, operation);
    case "deleteRestorePoint":
      return bind(deleteRestorePoint, operation);
    case "grantAccess":
      return bind(grantAccess, operation);
    case "revokeAccess":
      return bind(revokeAccess, operation);
    case "checkRestore":
      return bind(checkRestore, operation);
    case "createDisk":
      return bind(createDisk, operation);
    case "createNetworkInterface":
      return bind(createNetworkInterface, operation);
    case "createVirtualMachine":
      return bind(createVirtualMachine, operation);
    case "deleteRestored":
      return bind(deleteRestored, operation);
    default:
      return operation satisfies never;
  }
}

const bind = <O extends Operation>(kind: OperationKind<O>, operation: O): Bound => ({
  events: kind.events,
  firstWait: kind.firstWait,
  ...(kind.leaseMs === undefined ? {} : { leaseMs: kind.leaseMs }),
  longestWait: kind.longestWait,
  endsWithStatus:
    typeof kind.endsWithStatus === "boolean" ? kind.endsWithStatus : kind.endsWithStatus(operation),
  budget: kind.budget(operation),
  nextStep: kind.nextStep?.(operation),
  submit: (surroundings, log) => kind.submit(surroundings, operation, log),
  find: (arm) => kind.find(arm, operation),
});
