/** All that is wrong by one thing: what a validator must not miss, wherever it is. */

export interface Mutant {
  /** What is wrong, and where. */
  readonly flaw: string;
  readonly body: unknown;
}

/** Names are free there, and any text will do. */
const FREE = "tags";

export function* mutantsOf(body: unknown, path = ""): Generator<Mutant> {
  if (Array.isArray(body)) yield* inside(Object.entries(body), path, (i, v) => body.with(+i, v));
  else if (typeof body === "object" && body !== null) {
    if (!path.endsWith(FREE)) yield flaw("unknown property", { ...body, colour: "red" }, path);
    yield* inside(Object.entries(body), path, (name, value) => ({ ...body, [name]: value }));
  } else {
    yield flaw("wrong type", typeof body === "string" ? 5 : "five", path);
    yield flaw("null", null, path);
  }
}

const flaw = (what: string, body: unknown, path: string): Mutant => ({
  flaw: `${what} at ${path}`,
  body,
});

function* inside(
  entries: readonly (readonly [string, unknown])[],
  path: string,
  put: (name: string, value: unknown) => unknown,
): Generator<Mutant> {
  for (const [name, value] of entries) {
    for (const inner of mutantsOf(value, `${path}/${name}`)) {
      yield { flaw: inner.flaw, body: put(name, inner.body) };
    }
  }
}
