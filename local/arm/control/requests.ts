/** `/_emulator/requests`: what ARM was asked and answered lately, without what opens something. */
import { type Controlled, type ControlRoutes, NDJSON } from "./control-route.ts";

export const requestRoutes = ({ arm }: Controlled): ControlRoutes => ({
  requests: {
    GET: () => ({ type: NDJSON, stream: linesOf([...arm.log.lines()]) }),
    DELETE: () => {
      arm.clearRequests();
      return undefined;
    },
  },
});

async function* linesOf(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield `${line}\n`;
}
