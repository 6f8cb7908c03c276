/** A map whose keys are in order: a B+ tree. */
import { createRequire } from "node:module";
import type SortedBTree from "sorted-btree";

/** Of its CommonJS, an import gives Node and the test runner different things. */
const { default: Tree }: Pick<typeof SortedBTree, "default"> = createRequire(import.meta.url)(
  "sorted-btree",
);

export const SortedMap = Tree;
