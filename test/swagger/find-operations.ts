/** The descriptions of what a request asks for. */
import type { SwaggerDocument, SwaggerDocuments, SwaggerOperation } from "./documents.ts";

export interface FoundOperation {
  /** Of the document that describes it. */
  readonly version: string;
  readonly base: string;
  readonly operation: SwaggerOperation;
}

interface Described extends FoundOperation {
  readonly method: string;
  readonly pattern: RegExp;
}

/**
 * The description for an api-version: its own; else the newest that is older, and after it the next one, because what is
 * new in that came in between; else the oldest. None: the request is not described at all.
 */
export function createFindOperations(
  documents: SwaggerDocuments,
): (method: string, url: URL) => FoundOperation[] {
  const described = [...documents].flatMap(([base, document]) => describedIn(base, document));
  return (method, url) => {
    const wanted = apiVersionOf(url);
    const found = described
      .filter((one) => one.method === method.toUpperCase() && one.pattern.test(url.pathname))
      .sort((one, other) => (one.version < other.version ? -1 : 1));
    const older = found.findLastIndex(({ version }) => version <= wanted);
    if (older === -1) return found.slice(0, 1);
    return found.slice(older, found[older]?.version === wanted ? older + 1 : older + 2);
  };
}

const describedIn = (base: string, { info, paths = {} }: SwaggerDocument): Described[] =>
  Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      base,
      version: info.version,
      method: method.toUpperCase(),
      pattern: patternOf(template),
      operation,
    })),
  );

/** ARM compares paths without their casing. */
const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replaceAll(".", "\\.").replaceAll(/\{[^}]+\}/g, "[^/]+")}/?$`, "i");

export const apiVersionOf = (url: URL): string =>
  [...url.searchParams].find(([name]) => name.toLowerCase() === "api-version")?.[1] ?? "";
