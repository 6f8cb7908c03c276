/** Takes out what opens something: tokens, signatures, SAS, and the webhooks of event subscriptions, which hold keys. */

const REDACTED = "REDACTED";
const SECRET_HEADERS = new Set([
  "authorization",
  "x-ms-authorization-auxiliary",
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

/** JSON may spell `&` as `\u0026`, and XML as `&amp;`. */
const SIGNATURE = /((?:[?&]|\\u0026|&amp;)(?:sig|code|key)=)[^&"\s\\]+/gi;
/** In a URL that is a parameter of another. */
const ENCODED_SIGNATURE =
  /(%(?:25)*(?:26|3f)(?:sig|code|key)%(?:25)*3d)(?:(?!%(?:25)*26)[^&"\s\\])+/gi;
const BEARER = /(bearer\s+)[\w.~+/=-]{8,}/gi;
const SECRET_PROPERTY =
  /("(?:accessSAS|securityDataAccessSAS|securityMetadataAccessSAS|endpointUrl|adminPassword|customData)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;

/** What every secret has beside it: most texts have none, and are not looked at any closer. */
const SUSPICIOUS = /SAS"|Url"|(?:sig|code|key)[=%]|bearer|Password"|customData"/i;

/** Of JSON or any other text. */
export const redactedText = (text: string): string =>
  SUSPICIOUS.test(text) ? redacted(text) : text;

const redacted = (text: string): string =>
  text
    .replace(SIGNATURE, (_, name: string) => name + REDACTED)
    .replace(ENCODED_SIGNATURE, (_, name: string) => name + REDACTED)
    .replace(BEARER, (_, name: string) => name + REDACTED)
    .replace(SECRET_PROPERTY, (_, name: string) => `${name}"${REDACTED}"`);
