/** Takes the query strings off URLs in text: they hold signatures and keys. */

const QUERY = /(\bhttps?:\/\/[^\s?"'<>]+)\?[^\s"'<>]*/gi;

export function redactQueries(text: string): string {
  return text.replaceAll(QUERY, "$1?…");
}
