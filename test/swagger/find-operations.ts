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

/** Descriptions that judge an api-version without one of its own; none: it is not judged. */
export type JudgesOf = (version: string) => readonly string[];

/** Undefined: no version of the request is described at all. Empty: this one is not, and nothing stands for it. */
export function createFindOperations(
  documents: SwaggerDocuments,
  judgesOf: JudgesOf,
): (method: string, url: URL) => FoundOperation[] | undefined {
  const described = [...documents].flatMap(([base, document]) => describedIn(base, document));
  return (method, url) => {
    const wanted = apiVersionOf(url);
    const found = described.filter(
      (one) => one.method === method.toUpperCase() && one.pattern.test(url.pathname),
    );
    if (found.length === 0) return undefined;
    const own = found.filter(({ version }) => version === wanted || !isApiVersion(version));
    if (own.length > 0) return own;
    const judges = judgesOf(wanted);
    return found.filter(({ version }) => judges.includes(version));
  };
}

/** What is the same in every api-version has another kind of version. */
const isApiVersion = (version: string): boolean => /^\d{4}-\d{2}-\d{2}/.test(version);

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
