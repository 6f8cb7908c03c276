/**
 * Looks for what opens something (a SAS, a token, an account's key) in everything that a stack has written down:
 * both storage accounts, what the functions hosts and Event Grid said, what operators were told, what the emulator
 * logged and knows, and files.
 *
 * Left out is what is Azure's own: the key that SAS are signed with, which is in the emulator's memory alone, and the
 * bytes of disks. Its records of accesses are searched: they hold what a URL is made of, and no signature.
 */
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Stack } from "../../local/stack/start-stack.ts";
import { looksLikeSecret } from "../../src/lib/audit/looks-like-secret.ts";
import { type FoundText, storedTexts } from "./stored-texts.ts";

/** Where something was found, and what it is; never the thing itself. */
export async function searchForSecrets(stack: Stack): Promise<string[]> {
  const keys = [stack.azurite.account.key, stack.azurite.disks.key];
  const found = new Set<string>();
  for await (const { where, text } of textsOf(stack)) {
    const what = secretIn(text, keys);
    if (what !== undefined) found.add(`${where}: ${what}`);
  }
  return [...found];
}

function secretIn(text: string, keys: readonly string[]): string | undefined {
  if (keys.some((key) => text.includes(key))) return "an account's key";
  // As the emulator's log has it, in place of a signature.
  if (!looksLikeSecret(text.replaceAll(/sig(=|%3d)REDACTED/gi, ""))) return undefined;
  if (/sig(=|%)/i.test(text)) return "a signature";
  return text.includes("eyJ") ? "a token" : "a token or a key";
}

async function* textsOf(stack: Stack): AsyncGenerator<FoundText> {
  const { azurite, hosts, arm, eventGrid, topic, certificate } = stack;
  for (const account of [azurite.account, azurite.disks])
    for await (const { where, text } of storedTexts(azurite.connectionString(account)))
      yield { where: `${account.name}, ${where}`, text };
  for (const host of hosts)
    for (const text of host.output().split("\n")) yield { where: "functions host", text };
  for (const text of arm.log.lines()) yield { where: "the emulator's log", text };
  for (const text of arm.emulator.journal.dump()) yield { where: "the emulator's state", text };
  for (const delivery of eventGrid.deliveries)
    yield { where: "Event Grid", text: JSON.stringify(delivery) };
  for (const event of topic.events) yield { where: "notification", text: JSON.stringify(event) };
  const folder = dirname(certificate.caFile);
  for (const name of await readdir(folder))
    yield { where: `file ${name}`, text: await readFile(join(folder, name), "utf8") };
}
