import { describedOperations } from "./document.ts";

interface Asked {
  readonly method: string;
  /** Begins with `/api/`. */
  readonly path: string;
}

const isParameter = (segment: string | undefined) => segment?.startsWith("{") === true;

/** Which operation of the document a request is for. A segment that is named in a path goes before one that is not. */
export function operationAt({ method, path }: Asked): string | undefined {
  const segments = path.split("/").slice(2);
  const fits = describedOperations()
    .filter((operation) => operation.method === method.toLowerCase())
    .map(({ id, path: template }) => ({ id, parts: template.split("/").slice(1) }))
    .filter(({ parts }) => parts.length === segments.length)
    .filter(({ parts }) =>
      parts.every(
        (part, index) =>
          (isParameter(part) && segments[index] !== "") || part === segments[index]?.toLowerCase(),
      ),
    );
  const named = (parts: readonly string[]) => parts.filter((part) => !isParameter(part)).length;
  return fits.sort((one, other) => named(other.parts) - named(one.parts))[0]?.id;
}
