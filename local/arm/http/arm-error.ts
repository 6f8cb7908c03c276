/** Azure Resource Manager's errors: `{ error: { code, message } }`. */

export class ArmError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Instead of the usual envelope: Compute prints its 429 without it. */
  readonly body: unknown;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { headers?: Readonly<Record<string, string>>; body?: unknown } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = more.headers ?? {};
    this.body = more.body ?? { error: { code, message } };
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

export const invalidParameter = (message: string): ArmError =>
  new ArmError(400, "InvalidParameter", message);
