/** Resources by their ARM id, whose casing does not matter. */

export class ResourceMap<T extends { readonly id: string }> {
  readonly #resources = new Map<string, T>();

  get(id: string): T | undefined {
    return this.#resources.get(id.toLowerCase());
  }

  set(resource: T): T {
    this.#resources.set(resource.id.toLowerCase(), resource);
    return resource;
  }

  delete(id: string): void {
    this.#resources.delete(id.toLowerCase());
  }

  all(): T[] {
    return [...this.#resources.values()];
  }

  /** Those whose id begins with `prefix`, sorted by id. */
  under(prefix: string): T[] {
    const start = prefix.toLowerCase();
    return [...this.#resources.entries()]
      .filter(([id]) => id.startsWith(start))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, resource]) => resource);
  }
}
