/** Microsoft.Resources/tags at a virtual machine: what the portal, `az tag` and Azure Policy use. */
import { z } from "zod";
import { invalidParameter } from "../http/arm-error.ts";
import type { Handler } from "../http/arm-request.ts";
import { parseBody } from "../http/arm-request.ts";
import type { Route } from "../http/router.ts";
import { VIRTUAL_MACHINE } from "../paths.ts";
import { report } from "../report.ts";
import type { Emulator, Tags, VirtualMachine } from "../state.ts";
import { renderVirtualMachine } from "./render-virtual-machine.ts";
import { tagsSchema } from "./tag-values.ts";
import { demandVirtualMachine } from "./virtual-machines.ts";

const TAGS = `${VIRTUAL_MACHINE}/providers/Microsoft.Resources/tags/default`;

const tagsBody = z.looseObject({ properties: z.looseObject({ tags: tagsSchema }) });
const tagsPatch = tagsBody.extend({ operation: z.enum(["Merge", "Replace", "Delete"]) });

export const tagsRoutes = (emulator: Emulator): Route[] => [
  { method: "GET", template: TAGS, handler: get(emulator) },
  { method: "PUT", template: TAGS, handler: put(emulator) },
  { method: "PATCH", template: TAGS, handler: patch(emulator) },
];

const get =
  (emulator: Emulator): Handler =>
  (request) => ({ status: 200, body: render(demandVirtualMachine(emulator, request)) });

const put =
  (emulator: Emulator): Handler =>
  (request) => {
    const { tags = {} } = parseBody(tagsBody, request).properties;
    return write(emulator, request, () => tags);
  };

const patch =
  (emulator: Emulator): Handler =>
  (request) => {
    const { operation, properties } = parseBody(tagsPatch, request);
    const { tags = {} } = properties;
    return write(emulator, request, (before) => {
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

function write(
  emulator: Emulator,
  request: Parameters<Handler>[0],
  change: (before: Tags) => Tags,
) {
  const vm = demandVirtualMachine(emulator, request);
  const tags = tagsSchema.safeParse(change(vm.tags ?? {}));
  if (!tags.success) throw invalidParameter("tags: a resource has at most 50.");
  vm.tags = tags.data;
  const rendered = renderVirtualMachine(emulator, vm);
  report(emulator, request, "Microsoft.Resources/tags/write", rendered);
  return { status: 200, body: render(vm) };
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

const render = ({ id, tags = {} }: VirtualMachine) => ({
  id: `${id}/providers/Microsoft.Resources/tags/default`,
  name: "default",
  type: "Microsoft.Resources/tags",
  properties: { tags },
});
