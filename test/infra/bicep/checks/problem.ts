import type { BicepModule } from "../module.ts";
import type { BicepTree } from "../tree.ts";

export interface Problem {
  readonly line: number;
  readonly message: string;
}

/** What is wrong with one module, the others being there to be looked at. */
export type Check = (module: BicepModule, tree: BicepTree) => Problem[];
