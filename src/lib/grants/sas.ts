/** A shared access signature: whoever has the URL reads the disk, so it shows nowhere unless it is asked for by name. */
const SHOWN = "[SAS]";
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

export class Sas {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** The URL. Only for the request that opens the disk, and for the answer to whoever asked for it. */
  reveal(): string {
    return this.#url;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [INSPECT](): string {
    return SHOWN;
  }
}
