/** One of Microsoft's own examples, as a request that can be sent. */
import { readdirSync } from "node:fs";
import {
  hasOfficialFiles,
  OFFICIAL_EXAMPLES,
  officialText,
} from "../../../swagger/official-files.ts";
import { SUBSCRIPTION } from "../names.ts";

export interface Example {
  /** `ComputeRP-2024-03-01/RestorePoint_Create` */
  readonly title: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: unknown;
  /** Names of what the request is about: `restorePointCollectionName` and the like. */
  readonly names: Readonly<Record<string, string>>;
  /** What it may be answered with. */
  readonly answers: readonly { readonly status: number; readonly body?: unknown }[];
}

const COMPUTE =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute";
const COLLECTIONS = `${COMPUTE}/restorePointCollections`;
const COLLECTION = `${COLLECTIONS}/{restorePointCollectionName}`;
const POINT = `${COLLECTION}/restorePoints/{restorePointName}`;
const DISKS_OF_POINT = `${COLLECTION}/restorePoints/{vmRestorePointName}/diskRestorePoints`;
const DISK_OF_POINT = `${DISKS_OF_POINT}/{diskRestorePointName}`;
const DISK = `${COMPUTE}/disks/{diskName}`;

/** What an example is about is in its name only; the first that fits counts. */
const REQUESTS: readonly (readonly [RegExp, string, string])[] = [
  [/^RestorePointCollection_CreateOrUpdate/, "PUT", COLLECTION],
  [/^RestorePointCollection_Update/, "PATCH", COLLECTION],
  [/^RestorePointCollection_Delete/, "DELETE", COLLECTION],
  [/^RestorePointCollection_Get/, "GET", COLLECTION],
  [/^RestorePointCollection_ListByResourceGroup/, "GET", COLLECTIONS],
  [
    /^RestorePointCollection_ListBySubscription/,
    "GET",
    "/subscriptions/{subscriptionId}/providers/Microsoft.Compute/restorePointCollections",
  ],
  [/^RestorePoint_(Create|Copy)/, "PUT", POINT],
  [/^RestorePoint_Delete/, "DELETE", POINT],
  [/^RestorePoint_Get/, "GET", POINT],
  [/^DiskRestorePoint_List/, "GET", DISKS_OF_POINT],
  [/^DiskRestorePoint_BeginGetAccess/, "POST", `${DISK_OF_POINT}/beginGetAccess`],
  [/^DiskRestorePoint_EndGetAccess/, "POST", `${DISK_OF_POINT}/endGetAccess`],
  [/^DiskRestorePoint_Get/, "GET", DISK_OF_POINT],
  [/^Disk_Create/, "PUT", DISK],
  [/^Disk_BeginGetAccess/, "POST", `${DISK}/beginGetAccess`],
  [/^Disk_EndGetAccess/, "POST", `${DISK}/endGetAccess`],
];

const FOLDERS = [
  "ComputeRP-2024-03-01",
  "Compute-2026-03-01",
  "Compute-2026-04-01",
  "DiskRP-2023-10-02",
  "Disk-2026-03-02",
];

/** All but those of snapshots, which the emulator does not have; none without the official files. */
export const officialExamples = (): Example[] =>
  FOLDERS.filter(() => hasOfficialFiles).flatMap((folder) =>
    readdirSync(`${OFFICIAL_EXAMPLES}/${folder}`)
      .filter((file) => !file.startsWith("Snapshot_"))
      .map((file) => exampleOf(folder, file)),
  );

function exampleOf(folder: string, file: string): Example {
  const text = officialText(folder, file).replaceAll(/\{subscription-?id\}/gi, SUBSCRIPTION);
  const { parameters, responses }: Read = JSON.parse(text);
  const [, method, template] = REQUESTS.find(([pattern]) => pattern.test(file)) ?? [];
  if (method === undefined || template === undefined) throw new Error(`What does ${file} ask?`);
  const names = Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
  const { expand } = names;
  const query = `api-version=${names["api-version"]}${expand ? `&$expand=${expand}` : ""}`;
  return {
    title: `${folder}/${file.replace(".json", "")}`,
    method,
    path: `${template.replaceAll(/\{(\w+)\}/g, (_, name) => names[name] ?? "")}?${query}`,
    body: parameters["parameters"] ?? parameters["grantAccessData"] ?? parameters["disk"],
    names,
    answers: Object.entries(responses).map(([status, answer]) => ({
      status: Number(status),
      body: answer.body,
    })),
  };
}

interface Read {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly responses: Readonly<Record<string, { readonly body?: unknown }>>;
}
