/** What belongs to one deployment stands in no template: names, ids, hosts. */
import { nodesOf, stringOf } from "../nodes.ts";
import { lineOf } from "../parse.ts";
import type { Check } from "./problem.ts";
import { roleNames } from "./role-names.ts";

/** Names that Azure itself gives: of the one child of its kind that there can be. */
const GIVEN = new Set(["default", "ftp", "scm", "web", "appsettings", "authsettingsV2"]);

/** Names of these are addresses within one account, one topic or one network that is ours; they must equal the code's. */
const WITHIN = /\/(containers|queues|tables|eventSubscriptions|subnets|privateDnsZoneGroups)$/;

export const namesAreDerived: Check = ({ resources }) =>
  resources.flatMap(({ symbol, type, name, line }) => {
    const text = stringOf(name);
    if (text === undefined || GIVEN.has(text) || WITHIN.test(type)) return [];
    return [{ line, message: `resource ${symbol} has a name written out: ${text}` }];
  });

const GUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** Only those of built-in roles, which are the same everywhere. */
export const idsAreOfRoles: Check = ({ root }) =>
  strings(root).flatMap(({ text, line }) =>
    [...text.matchAll(GUID)]
      .filter(([id]) => roleNames[id.toLowerCase()] === undefined)
      .map(([id]) => ({ line, message: `id written out: ${id}` })),
  );

const HOSTS =
  /\b(management\.azure\.com|graph\.microsoft\.com|login\.microsoftonline\.com|(?:core|privatelink\.\w+\.core)\.windows\.net|vault\.azure\.net)\b/i;

/** `environment()` has the addresses of the cloud that is deployed to. */
export const hostsAreAsked: Check = ({ root }) =>
  strings(root)
    .map(({ text, line }) => ({ line, host: HOSTS.exec(text)?.[0] }))
    .filter(({ host }) => host !== undefined)
    .map(({ line, host }) => ({ line, message: `address written out: ${host}` }));

const strings = (root: Parameters<typeof nodesOf>[0]) =>
  [...nodesOf(root)]
    .filter(({ type }) => type === "string")
    .map((node) => ({ text: node.text, line: lineOf(node) }));
