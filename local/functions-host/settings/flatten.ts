/** JSON as .NET configuration keeps it: one text for each leaf, under its path in lower case, joined by `:`. */

export function flatten(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null) {
    return value === null || value === undefined ? new Map() : new Map([[path, String(value)]]);
  }
  const below = (key: string) => (path === "" ? key.toLowerCase() : `${path}:${key.toLowerCase()}`);
  return new Map(Object.entries(value).flatMap(([key, each]) => [...flatten(each, below(key))]));
}
