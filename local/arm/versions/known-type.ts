/** The names that an object of a request may have, as Azure's API description of the newest version lists them. */

export interface KnownType {
  /** As Azure calls it when it finds another name in it. */
  readonly name: string;
  /** By name in lower case: Azure does not mind the casing. */
  readonly properties: ReadonlyMap<string, KnownProperty>;
}

interface KnownProperty {
  readonly name: string;
  /** Left out: whatever is in it is taken as it is. */
  readonly type?: KnownType;
}

/** `free`: names, separated by blanks, of what is not looked into. */
export function known(
  name: string,
  free: string,
  types: Readonly<Record<string, KnownType>> = {},
): KnownType {
  const properties = new Map<string, KnownProperty>();
  for (const each of free.trim().split(/\s+/)) properties.set(each.toLowerCase(), { name: each });
  for (const [each, type] of Object.entries(types)) {
    properties.set(each.toLowerCase(), { name: each, type });
  }
  return { name, properties };
}

/** What ARM looks at itself, before it asks a resource provider. */
export const RESOURCE_DEFINITION = "ResourceDefinition";

/** A resource: what all of them have, and its own. */
export const resource = (
  free: string,
  types: Readonly<Record<string, KnownType>> = {},
): KnownType => known(RESOURCE_DEFINITION, `id name type etag systemData ${free}`, types);
