/** Bytes that say whose they are, so that a restored disk or a SAS download can be recognised at sight. */

const PAGE = 512;

/** `count` pages of 512 bytes, each beginning with the disk's name and the page's number. */
export function recognisableBytes(disk: string, count: number): Buffer {
  const pages = Array.from({ length: count }, (_, page) =>
    Buffer.alloc(PAGE, `${disk} page ${`${page}`.padStart(4, "0")} | `),
  );
  return Buffer.concat(pages);
}
