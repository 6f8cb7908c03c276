/** FNV-1a in 32 bits: the same for ever, and even enough to spread a fleet, or to tell names apart. */
export function stableHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
