import fc from "fast-check";
import { expect, test } from "vitest";
import { difference, type Range, union } from "../../../../local/arm/bytes/ranges.ts";
import { pageListXml } from "../../../../local/arm/disk-endpoint/page-list.ts";

const PAGE = 512;

const someRanges = fc
  .array(fc.record({ page: fc.nat(99), pages: fc.integer({ min: 1, max: 5 }) }), { maxLength: 40 })
  .map((all) =>
    union(all.map(({ page, pages }) => ({ start: page * PAGE, end: (page + pages) * PAGE }))),
  );

const urlWith = (parameters: Record<string, string>): URL => {
  const url = new URL("https://localhost/token/abcd?comp=pagelist");
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
};

interface Listed extends Range {
  readonly kind: string;
}

function parsed(xml: string): { listed: Listed[]; marker: string | undefined } {
  const items = /<(PageRange|ClearRange)><Start>(\d+)<\/Start><End>(\d+)<\/End><\/\1>/g;
  const listed = [...xml.matchAll(items)].map(([, kind = "", start, end]) => ({
    kind,
    start: Number(start),
    end: Number(end) + 1,
  }));
  return { listed, marker: /<NextMarker>(.+)<\/NextMarker>/.exec(xml)?.[1] };
}

test("a list names the last byte of each range, in the order of the disk", () => {
  const written = [
    { start: 0, end: PAGE },
    { start: 4 * PAGE, end: 6 * PAGE },
  ];
  const cleared = [{ start: PAGE, end: 2 * PAGE }];
  expect(pageListXml(urlWith({}), { written, cleared })).toBe(
    '<?xml version="1.0" encoding="utf-8"?><PageList>' +
      "<PageRange><Start>0</Start><End>511</End></PageRange>" +
      "<ClearRange><Start>512</Start><End>1023</End></ClearRange>" +
      "<PageRange><Start>2048</Start><End>3071</End></PageRange></PageList>",
  );
});

test("page by page the list is the same as at once, whatever the size of its pages", () => {
  fc.assert(
    fc.property(someRanges, someRanges, fc.integer({ min: 1, max: 9 }), (written, other, most) => {
      const cleared = difference(other, written);
      const all = parsed(pageListXml(urlWith({}), { written, cleared }));
      expect(all.marker).toBeUndefined();
      const found: Listed[] = [];
      let marker: string | undefined = "";
      while (marker !== undefined) {
        const url = urlWith({ marker, maxresults: `${most}` });
        const page = parsed(pageListXml(url, { written, cleared }));
        expect(page.listed.length).toBeLessThanOrEqual(most);
        found.push(...page.listed);
        marker = page.marker;
      }
      expect(found).toEqual(all.listed);
    }),
  );
});

test("a page has at most ten thousand ranges", () => {
  const written = Array.from({ length: 10_001 }, (_, index) => ({
    start: 2 * index * PAGE,
    end: (2 * index + 1) * PAGE,
  }));
  const url = urlWith({ maxresults: "20000" });
  const { listed, marker } = parsed(pageListXml(url, { written, cleared: [] }));
  expect(listed).toHaveLength(10_000);
  expect(marker).toBe(`${20_000 * PAGE}`);
});
