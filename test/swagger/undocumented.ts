/**
 * What Azure's recorded answers have although no description has it. A property is named by where it is: `*` stands for
 * an index or a name.
 */
const RECORDED = [
  // Of the VM that a collection protects: its vmId.
  "/properties/source/incarnationId",
  // Of a restore point, in 2021: used size, time, a status code and message.
  "/properties/provisioningDetails",
  "/properties/restorePoints/*/properties/provisioningDetails",
  "/properties/internalData",
  "/properties/restorePoints/*/properties/internalData",
];

/** How Azure's README of crash-consistent restore points spells `properties` of a request. */
const ASKED = ["/property"];

const patternsOf = (paths: readonly string[]): RegExp[] =>
  paths.map((path) => new RegExp(`^(/value/\\d+)?${path.replaceAll("*", "[^/]+")}$`));

const answered = patternsOf(RECORDED);
const asked = patternsOf([...RECORDED, ...ASKED]);

/** The update of a resource may send back what an answer had. */
export const isRecorded = (path: string, isRequest: boolean): boolean =>
  (isRequest ? asked : answered).some((pattern) => pattern.test(path));
