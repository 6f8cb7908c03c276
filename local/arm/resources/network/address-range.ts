/** IPv4 ranges, which Azure writes as CIDR: `10.0.1.0/24`. */
import { isIPv4 } from "node:net";
import { ArmError } from "../../http/arm-error.ts";

/** Addresses as numbers, both ends included. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/** Of an address prefix, or ARM's refusal of one that `resourceId` has. */
export function rangeOf(prefix: string, resourceId: string): AddressRange {
  const [, address = "", bits = ""] = /^([\d.]+)\/(\d{1,2})$/.exec(prefix) ?? [];
  const length = Number(bits);
  if (!isIPv4(address) || length < 1 || length > 32) {
    const message = `Address prefix ${prefix} of resource ${resourceId} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`;
    throw new ArmError(400, "InvalidAddressPrefixFormat", message);
  }
  const size = 2 ** (32 - length);
  const given = numberOf(address);
  const first = given - (given % size);
  if (given === first) return { first, last: first + size - 1 };
  const message = `The address prefix ${prefix} in resource ${resourceId} has an invalid CIDR notation. For the given prefix length, the address prefix should be ${addressOf(first)}/${length}.`;
  throw new ArmError(400, "InvalidCIDRNotation", message);
}

/** The number of an address; NaN where it is none. */
export const numberOf = (address: string): number =>
  isIPv4(address)
    ? address.split(".").reduce((number, octet) => number * 256 + Number(octet), 0)
    : Number.NaN;

export const addressOf = (number: number): string =>
  [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");

export const contains = (outer: AddressRange, inner: AddressRange): boolean =>
  outer.first <= inner.first && inner.last <= outer.last;

export const overlaps = (one: AddressRange, other: AddressRange): boolean =>
  one.first <= other.last && other.first <= one.last;
