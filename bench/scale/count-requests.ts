/** Counts the HTTP requests of this process, whichever client sends them. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";

const STARTED = "http.client.request.start";

export async function countRequests(work: () => Promise<void>): Promise<number> {
  let count = 0;
  const onStart = () => {
    count++;
  };
  subscribe(STARTED, onStart);
  try {
    await work();
  } finally {
    unsubscribe(STARTED, onStart);
  }
  return count;
}
