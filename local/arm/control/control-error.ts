/** What the control plane refuses: `{ error: { code, message, target? } }`. */

export class ControlError extends Error {
  readonly status: number;
  readonly code: string;
  readonly target: string | undefined;

  constructor(status: number, code: string, message: string, target?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.target = target;
  }
}

/** `target`: the property, or the parameter of the query, that is wrong. */
export const badInput = (target: string, message: string): ControlError =>
  new ControlError(400, "InvalidParameter", `${target}: ${message}`, target);

export const notFound = (message: string, target?: string): ControlError =>
  new ControlError(404, "NotFound", message, target);
