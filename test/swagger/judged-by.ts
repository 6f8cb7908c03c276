/**
 * Which descriptions judge an api-version that has none of its own at hand. Not the nearest by date without being told so:
 * what such a judgement is worth depends on the version. Older ones are held against the oldest description, which has all
 * that they have, and more; what came between two descriptions may be known to either.
 */
interface Judges {
  readonly descriptions: readonly string[];
  readonly versions: string;
}

const JUDGES: readonly Judges[] = [
  {
    // VMs and restore points.
    descriptions: ["2024-07-01"],
    versions: `
      2015-06-15 2016-03-30 2017-03-30 2017-12-01 2018-04-01 2018-06-01 2018-10-01 2019-03-01 2019-07-01 2019-12-01
      2020-06-01 2020-12-01 2021-03-01 2021-04-01 2021-07-01 2021-11-01 2022-03-01 2022-08-01 2022-11-01 2023-03-01
      2023-07-01 2023-09-01 2024-03-01`,
  },
  {
    descriptions: ["2024-07-01", "2026-04-01"],
    versions: "2024-11-01 2025-04-01 2025-11-01 2026-03-01",
  },
  {
    // Disks, and the disks of restore points.
    descriptions: ["2024-03-02"],
    versions: `
      2020-12-01 2021-04-01 2021-08-01 2021-12-01 2022-03-02 2022-07-02 2023-01-02 2023-04-02 2023-10-02`,
  },
  { descriptions: ["2024-03-02", "2026-03-02"], versions: "2025-01-02" },
];

/** None: the version has a description, or nothing is known of it. */
export const judgesOf = (version: string): readonly string[] =>
  JUDGES.filter(({ versions }) => versions.trim().split(/\s+/).includes(version)).flatMap(
    ({ descriptions }) => descriptions,
  );
