/** The oldest api-versions that have restore points, and the disks of restore points. */

export const RESTORE_POINTS_SINCE = "2021-03-01";
export const DISKS_SINCE = "2020-12-01";
