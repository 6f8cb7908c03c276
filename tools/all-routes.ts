/** Every route of the HTTP API. */
import type { Route } from "../src/lib/api/route.ts";
import * as grants from "../src/lib/api/routes/grants.ts";
import * as operations from "../src/lib/api/routes/operations.ts";
import * as partners from "../src/lib/api/routes/partners.ts";
import * as policies from "../src/lib/api/routes/policies.ts";
import * as reports from "../src/lib/api/routes/reports.ts";
import * as changes from "../src/lib/api/routes/restore-point-changes.ts";
import * as restorePoints from "../src/lib/api/routes/restore-points.ts";
import * as restores from "../src/lib/api/routes/restores.ts";
import * as upkeep from "../src/lib/api/routes/upkeep.ts";
import * as vms from "../src/lib/api/routes/vms.ts";

const modules = [
  ...[vms, restorePoints, changes, restores, operations, policies],
  ...[partners, grants, reports, upkeep],
];

export const allRoutes: readonly Route[] = modules.flatMap((routes): Route[] =>
  Object.values(routes),
);
