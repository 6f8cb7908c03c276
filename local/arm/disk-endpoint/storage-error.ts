/** Errors as the blob service answers them: XML, and the code in a header. */

export class StorageError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The same for a signature that is wrong, expired, revoked, or of something else. */
export const authenticationFailed = (): StorageError =>
  new StorageError(
    403,
    "AuthenticationFailed",
    "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.",
  );

/** The access is there, and is not for this. */
export const permissionMismatch = (): StorageError =>
  new StorageError(
    403,
    "AuthorizationPermissionMismatch",
    "This request is not authorized to perform this operation using this permission.",
  );

export const invalidHeader = (name: string): StorageError =>
  new StorageError(
    400,
    "InvalidHeaderValue",
    `The value for one of the HTTP headers is not in the correct format: ${name}.`,
  );

export const invalidQuery = (name: string): StorageError =>
  new StorageError(
    400,
    "InvalidQueryParameterValue",
    `Value for one of the query parameters specified in the request URI is invalid: ${name}.`,
  );

export const bodyOf = ({ code, message }: StorageError): string =>
  `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
