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
  // Not an answer: how Azure's README of crash-consistent restore points spells `properties`.
  "/property",
];

const patterns = RECORDED.map(
  (path) => new RegExp(`^(/value/\\d+)?${path.replaceAll("*", "[^/]+")}$`),
);

export const isRecorded = (path: string): boolean => patterns.some((pattern) => pattern.test(path));
