/** A tour of the HTTP API: every answer that the document has is reached in the app, through the real frame. */
import { describe, expect, test } from "vitest";
import { describedAnswer } from "../../described/described-answers.ts";
import { describedOperations } from "../../described/document.ts";
import { fieldsOf, possibleFieldsOf } from "../../described/fields.ts";
import { type ApiAnswer, ApiScene } from "../../fakes/api-scene.ts";
import { sampleOf } from "../../fixtures/api-samples.ts";
import { generalAnswers } from "./tour/general-answers.ts";
import { ownAnswers } from "./tour/own-answers.ts";
import { rareFields } from "./tour/rare-fields.ts";

const pairs = describedOperations().flatMap(({ id, statuses }) =>
  statuses.map((status) => [id, status] as const),
);

/** What leads to an answer, if not the sample. */
const reach = (operation: string, status: number) =>
  ownAnswers[`${operation} ${status}`] ??
  (generalAnswers[status] && (() => generalAnswers[status]?.(operation, sampleOf(operation))));

const tour = new Set<string>();
const bodyOf = (operation: string, status: number) => describedAnswer(operation, status)?.body;

function noteFields(operation: string, { status, body }: ApiAnswer): void {
  const place = bodyOf(operation, status);
  if (place) for (const field of fieldsOf(place, body)) tour.add(field);
}

describe("every answer of the document is one of the app:", () => {
  test.each(pairs)("%s %i", async (operation, status) => {
    const way = reach(operation, status);
    const scene = await ApiScene.filled();
    const answer = way ? await way() : await scene.ask(operation, sampleOf(operation));
    // Whoever documents a status beside that of the sample adds to own-answers.ts how it comes about.
    expect([answer?.status, answer?.body]).toEqual([status, answer?.body]);
    if (answer) noteFields(operation, answer);
  });
});

test("what leads to an answer leads to one that the document has", () => {
  const known = pairs.map(([operation, status]) => `${operation} ${status}`);
  expect(Object.keys(ownAnswers).filter((each) => !known.includes(each))).toEqual([]);
});

test.each(Object.entries(rareFields))("there is %s", async (_what, steps) => {
  const scene = await ApiScene.filled();
  scene.answered = (operation, answer) => {
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    noteFields(operation, answer);
  };
  for (const step of steps) await step(scene);
});

test("every field of the document is one that the app answers with", () => {
  const documented = pairs.flatMap(([operation, status]) => {
    const place = bodyOf(operation, status);
    return place ? [...possibleFieldsOf(place)] : [];
  });
  expect([...new Set(documented)].filter((field) => !tour.has(field))).toEqual([]);
});
