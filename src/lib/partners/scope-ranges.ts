/**
 * A partner's scope as ranges of keys, so that what is out of it is not even read. They are in key order and do not
 * overlap, and follow from the scope alone.
 */
import { below, type KeyRange } from "../state/entity-table.ts";
import type { ScopeEntry } from "./scope.ts";

/** Names in lower case, from the subscription down. */
type Path = readonly string[];

/** Of the records of VMs, whose partition is the subscription. */
export const protectionsInScope = (scope: readonly ScopeEntry[]): KeyRange[] =>
  inKeyOrder(pathsOf(scope).map(protectionsBelow));

function protectionsBelow([subscription = "", group, vm]: Path): KeyRange {
  const one = { partitionFrom: subscription, partitionTo: subscription };
  if (group === undefined) return one;
  if (vm !== undefined) return { ...one, rowFrom: `${group}~${vm}`, rowTo: `${group}~${vm}` };
  const { from, to } = below(group);
  return { ...one, rowFrom: from, rowTo: to };
}

/** Of what each VM has a partition of. */
export const partitionsInScope = (scope: readonly ScopeEntry[]): KeyRange[] =>
  inKeyOrder(
    pathsOf(scope).map((path) => {
      const name = path.join("~");
      const { from, to } = path.length < VM_DEPTH ? below(name) : { from: name, to: name };
      return { partitionFrom: from, partitionTo: to };
    }),
  );

const VM_DEPTH = 3;

/** Without those that another one covers. */
function pathsOf(scope: readonly ScopeEntry[]): Path[] {
  const paths = new Map<string, Path>();
  for (const { subscriptionId, resourceGroup, vm } of scope) {
    // Without its resource group a VM is none; `inScope` says likewise.
    if (vm !== undefined && resourceGroup === undefined) continue;
    const path = [subscriptionId, resourceGroup, vm].filter((name) => name !== undefined);
    const names = path.map((name) => name.toLowerCase());
    paths.set(names.join("~"), names);
  }
  const isCovered = (path: Path): boolean =>
    path.some((_, depth) => depth > 0 && paths.has(path.slice(0, depth).join("~")));
  return [...paths.values()].filter((path) => !isCovered(path));
}

const inKeyOrder = (ranges: readonly KeyRange[]): KeyRange[] =>
  ranges.toSorted(
    (one, other) =>
      inOrder(one.partitionFrom, other.partitionFrom) || inOrder(one.rowFrom, other.rowFrom),
  );

const inOrder = (one = "", other = ""): number => (one < other ? -1 : Number(one > other));
