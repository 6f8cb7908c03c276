import type { Arm } from "../arm.ts";
import type { Operation } from "../operation.ts";
import { copyRestorePoint } from "./copy-restore-point.ts";
import { createRestorePoint } from "./create-restore-point.ts";
import { deleteRestorePoint } from "./delete-restore-point.ts";
import type { Found, OperationKind, Submitted } from "./operation-kind.ts";

type Bound = Pick<OperationKind<Operation>, "events" | "longestWait" | "endsWithStatus"> & {
  readonly budget: string;
  submit(arm: Arm): Promise<Submitted>;
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
    default:
      return operation satisfies never;
  }
}

const bind = <O extends Operation>(kind: OperationKind<O>, operation: O): Bound => ({
  events: kind.events,
  longestWait: kind.longestWait,
  endsWithStatus: kind.endsWithStatus,
  budget: kind.budget(operation),
  submit: (arm) => kind.submit(arm, operation),
  find: (arm) => kind.find(arm, operation),
});
