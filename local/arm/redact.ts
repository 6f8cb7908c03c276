/** Takes out what opens something: tokens, signatures, SAS, and the webhooks of event subscriptions, which hold keys. */

const REDACTED = "REDACTED";
const SECRET_HEADERS = new Set([
  "authorization",
  "cookie",
  "set-cookie",
  "x-ms-previous-snapshot-url",
]);

export const redactedHeaders = (
  headers: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SECRET_HEADERS.has(name.toLowerCase()) ? REDACTED : redactedText(value),
    ]),
  );

export const redactedUrl = ({ href }: URL): string => redactedText(href);

const SIGNATURE = /([?&](?:sig|code|key)=)[^&"\s]+/gi;
const SECRET_PROPERTY =
  /("(?:accessSAS|securityDataAccessSAS|securityMetadataAccessSAS|endpointUrl|adminPassword|customData)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;

/** What every secret has beside it: most texts have none, and are not looked at any closer. */
const SUSPICIOUS = /SAS"|Url"|sig=|code=|key=|Password"|customData"/i;

/** Of JSON or any other text. */
export const redactedText = (text: string): string =>
  SUSPICIOUS.test(text) ? redacted(text) : text;

const redacted = (text: string): string =>
  text
    .replace(SIGNATURE, (_, name: string) => name + REDACTED)
    .replace(SECRET_PROPERTY, (_, name: string) => `${name}"${REDACTED}"`);
