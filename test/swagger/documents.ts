/** Swagger 2.0 documents, as far as exchanges are validated with them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface SwaggerSchema {
  readonly [keyword: string]: unknown;
}

interface SwaggerParameter {
  readonly $ref?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: SwaggerSchema;
}

export interface SwaggerOperation {
  readonly operationId: string;
  readonly parameters?: readonly SwaggerParameter[];
  readonly responses: Readonly<Record<string, { readonly schema?: SwaggerSchema }>>;
  readonly "x-ms-long-running-operation"?: boolean;
}

export interface SwaggerDocument {
  readonly info: { readonly version: string };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>;
  readonly definitions?: Readonly<Record<string, SwaggerSchema>>;
}

/** By URL, so that the references between them resolve. */
export type SwaggerDocuments = ReadonlyMap<string, SwaggerDocument>;

export const documentsIn = (folder: string): SwaggerDocuments =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".json"))
      .map((path) => join(folder, path))
      .map((path) => [pathToFileURL(path).href, JSON.parse(readFileSync(path, "utf8"))]),
  );
