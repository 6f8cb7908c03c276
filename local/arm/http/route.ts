/** A route of ARM, with what is checked and counted before its handler is asked. */
import type { ComputeOperation } from "../throttling/throttling.ts";
import type { ProviderName } from "../versions/api-versions.ts";
import type { ShapedType } from "../versions/shape.ts";
import type { Route } from "./router.ts";

export interface ArmRoute extends Route {
  /** Whose api-versions it takes. */
  readonly versions: ProviderName;
  /** The oldest api-version that has it. */
  readonly since?: string;
  /** The type that it takes and answers, alone or in a list: each api-version has its own shape of it. */
  readonly type?: ShapedType;
  /** The type that it answers, where that is another one. */
  readonly answers?: ShapedType;
  /** Which of Compute's budgets it uses; left out: ARM's own only. */
  readonly budget?: ComputeOperation;
  /** Whether it can be asked in a resource group that is not there. */
  readonly needsNoGroup?: boolean;
}
