/** Azure Resource Manager's errors: `{ error: { code, message, target? } }`. */

interface ErrorDetails {
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the usual envelope: Compute prints its 429 without it. */
  readonly body?: unknown;
  /** The property that is wrong. */
  readonly target?: string | undefined;
}

export class ArmError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;

  constructor(status: number, code: string, message: string, details: ErrorDetails = {}) {
    super(message);
    const { headers = {}, body, target } = details;
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.body = body ?? { error: { code, message, ...(target ? { target } : {}) } };
  }
}

/** A resource that ARM itself tracks (recorded in 2021). */
export const resourceNotFound = (type: string, name: string, resourceGroup: string): ArmError =>
  new ArmError(
    404,
    "ResourceNotFound",
    `The Resource '${type}/${name}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );

/** What only Compute knows, such as a restore point in a collection (recorded in 2021). */
export const entityNotFound = (): ArmError =>
  new ArmError(404, "NotFound", "The entity was not found in this Azure location.");

/** Of a resource that another one names. */
export const invalidReference = (id: string, by: string, target?: string): ArmError =>
  new ArmError(
    400,
    "InvalidResourceReference",
    `Resource ${id} referenced by resource ${by} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
    { target },
  );

/** `message` begins with the property that is wrong. */
export const invalidParameter = (target: string, message: string): ArmError =>
  new ArmError(400, "InvalidParameter", `${target}: ${message}`, { target });

/** What the state of things does not allow. */
export const notAllowed = (message: string): ArmError =>
  new ArmError(409, "OperationNotAllowed", message);
