/** Microsoft.Resources/tags at a resource: what the portal, `az tag` and Azure Policy use. */
import { z } from "zod";
import type { Emulator } from "../../emulator.ts";
import { invalidParameter } from "../../http/arm-error.ts";
import { type ArmRequest, type Handler, param, parseBody } from "../../http/arm-request.ts";
import type { ArmRoute } from "../../http/route.ts";
import { factsOf, report } from "../../report.ts";
import type { Tags } from "../../state/state.ts";
import { tagsSchema } from "../shared/tags.ts";
import { TAGGED_PATHS, type Tagged, taggedAt } from "./tagged.ts";

const SUFFIX = "/providers/Microsoft.Resources/tags/default";

/** What GET shows and clients send back. */
const readOnly = z.unknown().optional();

const tagsBody = z.strictObject({
  id: readOnly,
  name: readOnly,
  type: readOnly,
  properties: z.strictObject({ tags: tagsSchema }),
});
const tagsPatch = tagsBody.extend({ operation: z.enum(["Merge", "Replace", "Delete"]) });

export const tagsRoutes = (emulator: Emulator): ArmRoute[] =>
  TAGGED_PATHS.flatMap((path) => {
    const one = { template: path + SUFFIX, versions: "resources" } as const;
    const place = { emulator, path };
    return [
      { ...one, method: "GET", handler: get(place) },
      { ...one, method: "PUT", handler: put(place) },
      { ...one, method: "PATCH", handler: patch(place) },
      { ...one, method: "DELETE", handler: remove(place) },
    ];
  });

interface Place {
  readonly emulator: Emulator;
  /** Of what has the tags: `/subscriptions/{subscriptionId}/…` */
  readonly path: string;
}

function find({ emulator, path }: Place, request: ArmRequest): Tagged {
  const id = path.replace(/\{(\w+)\}/g, (_, name: string) => param(request, name));
  return taggedAt(emulator, id);
}

const get =
  (place: Place): Handler =>
  (request) => ({ status: 200, body: render(find(place, request)) });

const put =
  (place: Place): Handler =>
  (request) => {
    const { tags = {} } = parseBody(tagsBody, request).properties;
    return write(place, request, () => tags);
  };

const remove =
  (place: Place): Handler =>
  (request) => {
    write(place, request, () => ({}));
    return { status: 200 };
  };

const patch =
  (place: Place): Handler =>
  (request) => {
    const { operation, properties } = parseBody(tagsPatch, request);
    const { tags = {} } = properties;
    return write(place, request, (before) => {
      switch (operation) {
        case "Merge":
          return { ...without(before, Object.keys(tags)), ...tags };
        case "Replace":
          return tags;
        case "Delete":
          return withoutPairs(before, tags);
        default:
          return operation satisfies never;
      }
    });
  };

function write(place: Place, request: ArmRequest, change: (before: Tags) => Tags) {
  const tagged = find(place, request);
  const parsed = tagsSchema.safeParse(change(tagged.tags));
  if (!parsed.success) throw invalidParameter("properties.tags", "a resource has at most 50.");
  const resource = tagged.retag(parsed.data ?? {});
  report(place.emulator, factsOf(request), {
    operationName: "Microsoft.Resources/tags/write",
    resource,
  });
  return { status: 200, body: render(find(place, request)) };
}

/** Tag names are case-insensitive. */
const without = (tags: Tags, names: readonly string[]): Tags =>
  Object.fromEntries(
    Object.entries(tags).filter(
      ([name]) => !names.some((other) => other.toLowerCase() === name.toLowerCase()),
    ),
  );

/** Delete takes away only pairs whose value is the one given. */
const withoutPairs = (tags: Tags, pairs: Tags): Tags =>
  without(
    tags,
    Object.entries(pairs).flatMap(([name, value]) =>
      Object.entries(tags).some(
        ([other, current]) => other.toLowerCase() === name.toLowerCase() && current === value,
      )
        ? [name]
        : [],
    ),
  );

const render = ({ id, tags }: Tagged) => ({
  id: id + SUFFIX,
  name: "default",
  type: "Microsoft.Resources/tags",
  properties: { tags },
});
