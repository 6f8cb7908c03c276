import { expect, test } from "vitest";
import { RequestLog } from "../../../local/arm/request-log.ts";

const MEGABYTE = 1024 ** 2;

const request = {
  method: "GET",
  url: new URL("https://localhost/subscriptions"),
  headers: {},
  text: "",
};
const answerOf = (characters: number) => ({
  status: 200,
  headers: {},
  text: JSON.stringify("x".repeat(characters)),
  isFault: false,
});

const answered = (log: RequestLog, characters: number) =>
  log.answered(log.received("GET", "/"), request, answerOf(characters));

test("the latest exchanges are kept, and older ones forgotten", () => {
  const log = new RequestLog();
  for (let count = 0; count < 20; count++) answered(log, MEGABYTE);
  expect(log.requests).toHaveLength(20);
  expect([...log.lines()]).toHaveLength(15);
});

test("requests that are answered after the log was cleared do not count for it", () => {
  const log = new RequestLog();
  const late = Array.from({ length: 20 }, () => log.received("GET", "/"));
  log.clear();
  for (const entry of late) log.answered(entry, request, answerOf(MEGABYTE));
  answered(log, MEGABYTE);
  expect(log.requests).toHaveLength(1);
  expect([...log.lines()]).toHaveLength(1);
});

test("a request that is answered after newer ones were forgotten does not count for the log", () => {
  const log = new RequestLog();
  const late = Array.from({ length: 20 }, () => log.received("GET", "/"));
  for (let count = 0; count < 20; count++) answered(log, MEGABYTE);
  for (const entry of late) log.answered(entry, request, answerOf(MEGABYTE));
  expect([...log.lines()]).toHaveLength(15);
});
