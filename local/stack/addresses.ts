/** Where the parts of a stack answer. Enough for another process to use it, and no secret among it. */
export interface StackAddresses {
  /** Of the functions host, without `/api`. */
  readonly functions: string;
  readonly arm: string;
  /** The emulator's control plane, which Azure does not have. */
  readonly control: string;
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly apiAudience: string;
  readonly blob: string;
  readonly queue: string;
  readonly table: string;
  /** Where the newest notifications are read. */
  readonly notifications: string;
  /** Newline-delimited JSON of what happens in the stack. */
  readonly activity: string;
}
