import { relative } from "node:path";
import { checks } from "../../test/infra/bicep/checks/all.ts";
import { INFRA, readTree } from "../../test/infra/bicep/tree.ts";

/** What test/infra/modules.test.ts tests: all that can be told without a compiler. */
export function readByGrammar(): { modules: number; problems: string[] } {
  const tree = readTree(INFRA);
  const problems = tree.modules.flatMap((module) =>
    Object.values(checks)
      .flatMap((check) => check(module, tree))
      .map(({ line, message }) => `${relative(INFRA, module.path)}:${line}: ${message}`),
  );
  return { modules: tree.modules.length, problems };
}
