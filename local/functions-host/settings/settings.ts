/**
 * App settings as .NET configuration sees them: names ignore case, and `__` and `:` both mean a level.
 */

export interface Settings {
  get(name: string): string | undefined;
  /** Settings below a name, keyed by the rest of their names in lower case. */
  below(name: string): ReadonlyMap<string, string>;
}

export function createSettings(env: Record<string, string | undefined>): Settings {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined) values.set(normalise(name), value);
  }
  return {
    get: (name) => values.get(normalise(name)),
    below: (name) => {
      const prefix = `${normalise(name)}:`;
      const found = [...values].filter(([key]) => key.startsWith(prefix));
      return new Map(found.map(([key, value]) => [key.slice(prefix.length), value]));
    },
  };
}

function normalise(name: string): string {
  return name.replaceAll("__", ":").toLowerCase();
}
