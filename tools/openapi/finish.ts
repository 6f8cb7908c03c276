/** What a document made from schemas still lacks. */
import type { createDocument } from "zod-openapi";
import { examples } from "./examples.ts";

type Document = ReturnType<typeof createDocument>;

export function finish(document: Document): Document {
  addExamples(document);
  describeParameters(document);
  return document;
}

function addExamples({ components }: Document): void {
  for (const [name, example] of Object.entries(examples)) {
    Object.assign(components?.schemas?.[name] ?? {}, { examples: [example] });
  }
}

/** A parameter that may be left out hides the description of the schema that it shares with others. */
function describeParameters({ paths = {} }: Document): void {
  for (const { parameters = [] } of Object.values(paths).flatMap((path) => Object.values(path))) {
    for (const parameter of parameters) {
      const { description = parameter.schema?.description } = parameter;
      if (description !== undefined) Object.assign(parameter, { description });
    }
  }
}
