/** The text of a queue message, as the host encodes and decodes it. */

export type MessageEncoding = "base64" | "none";

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function encodeMessage(body: string, encoding: MessageEncoding): string {
  return encoding === "base64" ? Buffer.from(body).toString("base64") : body;
}

/** Undefined when the text is not base64 and should be. */
export function decodeMessage(text: string, encoding: MessageEncoding): Buffer | undefined {
  if (encoding === "none") return Buffer.from(text);
  const compact = text.replaceAll(/\s/g, "");
  return BASE64.test(compact) ? Buffer.from(compact, "base64") : undefined;
}
