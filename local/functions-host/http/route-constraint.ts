/** The constraints of ASP.NET route parameters, as tests on the text of a value. */

type Check = (value: string) => boolean;

const WHOLE = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const GUID = /^[({]?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}[)}]?$/i;

const within = (value: string, low: number, high: number) =>
  WHOLE.test(value) && Number(value) >= low && Number(value) <= high;

const SIMPLE: Record<string, Check> = {
  int: (value) => within(value, -(2 ** 31), 2 ** 31 - 1),
  long: (value) => within(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  decimal: (value) => NUMBER.test(value),
  double: (value) => NUMBER.test(value),
  float: (value) => NUMBER.test(value),
  bool: (value) => /^(true|false)$/i.test(value),
  datetime: (value) => !Number.isNaN(Date.parse(value)),
  guid: (value) => GUID.test(value),
  alpha: (value) => /^[a-z]*$/i.test(value),
  required: (value) => value !== "",
};

const WITH_ARGUMENTS: Record<string, (...numbers: number[]) => Check> = {
  minlength:
    (low = 0) =>
    (value) =>
      value.length >= low,
  maxlength:
    (high = 0) =>
    (value) =>
      value.length <= high,
  length:
    (low = 0, high = low) =>
    (value) =>
      value.length >= low && value.length <= high,
  min:
    (low = 0) =>
    (value) =>
      within(value, low, Infinity),
  max:
    (high = 0) =>
    (value) =>
      within(value, -Infinity, high),
  range:
    (low = 0, high = 0) =>
    (value) =>
      within(value, low, high),
};

/** Throws on a constraint ASP.NET does not know: such a route never starts. */
export function routeConstraint(text: string): Check {
  const [, name = text, inner] = /^(\w+)\((.*)\)$/.exec(text) ?? [];
  const simple = inner === undefined ? SIMPLE[name.toLowerCase()] : undefined;
  if (simple !== undefined) return simple;
  if (inner !== undefined && name.toLowerCase() === "regex") {
    const pattern = new RegExp(inner, "i");
    return (value) => pattern.test(value);
  }
  const make = inner === undefined ? undefined : WITH_ARGUMENTS[name.toLowerCase()];
  if (make === undefined) throw new Error(`The route constraint '${text}' is unknown.`);
  return make(...(inner ?? "").split(",").map(Number));
}
