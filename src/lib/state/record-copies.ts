/** The port to the copies of a table's records beside it: tables can be lost, and Azure cannot give these records back. */

export interface RecordCopies<T> {
  /** With `over`, only if that is still the ETag of the copy that is there. */
  put(name: string, record: T, over?: string): Promise<PutCopy>;
  /** As it is in the blob, which anybody may have edited. Undefined: there is none. */
  get(name: string): Promise<StoredCopy | undefined>;
  names(): AsyncIterable<string>;
}

export interface StoredCopy {
  readonly document: unknown;
  readonly etag: string;
}

export type PutCopy = { readonly etag: string } | "conflict";
