import type { Log } from "../../telemetry.ts";
import type { Arm } from "../arm.ts";
import type { Operation } from "../operation.ts";
import { copyRestorePoint } from "./copy-restore-point.ts";
import { createRestorePoint } from "./create-restore-point.ts";
import { deleteRestorePoint } from "./delete-restore-point.ts";
import { grantAccess } from "./grant-access.ts";
import type { Found, OperationKind, Submitted, Surroundings } from "./operation-kind.ts";
import { revokeAccess } from "./revoke-access.ts";

type Bound = Pick<
  OperationKind<Operation>,
  "events" | "firstWait" | "leaseMs" | "longestWait" | "endsWithStatus"
> & {
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
    default:
      return operation satisfies never;
  }
}

const bind = <O extends Operation>(kind: OperationKind<O>, operation: O): Bound => ({
  events: kind.events,
  firstWait: kind.firstWait,
  ...(kind.leaseMs === undefined ? {} : { leaseMs: kind.leaseMs }),
  longestWait: kind.longestWait,
  endsWithStatus: kind.endsWithStatus,
  budget: kind.budget(operation),
  nextStep: kind.nextStep?.(operation),
  submit: (surroundings, log) => kind.submit(surroundings, operation, log),
  find: (arm) => kind.find(arm, operation),
});
