/**
 * Where a property stands in a text of JSON, as Azure counts: lines from 1, and the characters of the line up to and
 * with the colon after the property's name.
 */

interface Position {
  readonly line: number;
  readonly position: number;
}

/** `path`: names of properties and indexes of items. Undefined when there is no such property. */
export function positionOf(text: string, path: readonly (string | number)[]): Position | undefined {
  let at = 0;
  for (const step of path) {
    const found = typeof step === "number" ? itemAt(text, at, step) : propertyAt(text, at, step);
    if (found === undefined) return undefined;
    at = found;
  }
  const before = text.slice(0, at);
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, position: lines.at(-1)?.length ?? 0 };
}

/** After the colon of the property `name` of the object that begins at `at`. */
function propertyAt(text: string, at: number, name: string): number | undefined {
  let next = afterSpace(text, at);
  if (text[next] !== "{") return undefined;
  next = afterSpace(text, next + 1);
  while (text[next] === '"') {
    const end = afterString(text, next);
    const colon = afterSpace(text, end) + 1;
    if (JSON.parse(text.slice(next, end)) === name) return colon;
    next = afterSpace(text, afterValue(text, colon));
    if (text[next] === ",") next = afterSpace(text, next + 1);
  }
  return undefined;
}

/** Where item `index` of the array that begins at `at` begins. */
function itemAt(text: string, at: number, index: number): number | undefined {
  let next = afterSpace(text, at);
  if (text[next] !== "[") return undefined;
  next = afterSpace(text, next + 1);
  for (let item = 0; item < index; item += 1) {
    next = afterSpace(text, afterValue(text, next));
    if (text[next] !== ",") return undefined;
    next = afterSpace(text, next + 1);
  }
  return next;
}

function afterSpace(text: string, at: number): number {
  let next = at;
  while (" \t\r\n".includes(text[next] ?? "x")) next += 1;
  return next;
}

function afterString(text: string, at: number): number {
  let next = at + 1;
  while (next < text.length && text[next] !== '"') next += text[next] === "\\" ? 2 : 1;
  return next + 1;
}

function afterValue(text: string, at: number): number {
  let next = afterSpace(text, at);
  let depth = 0;
  do {
    const character = text[next] ?? "";
    if (character === '"') next = afterString(text, next);
    else if ("{[".includes(character)) {
      depth += 1;
      next += 1;
    } else if ("}]".includes(character)) {
      depth -= 1;
      next += 1;
    } else next = depth === 0 ? afterScalar(text, next) : next + 1;
  } while (depth > 0 && next < text.length);
  return next;
}

function afterScalar(text: string, at: number): number {
  let next = at;
  while (next < text.length && !",]} \t\r\n".includes(text[next] ?? "")) next += 1;
  return next;
}
