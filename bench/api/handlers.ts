/** The app's own HTTP functions in this process, on real tables: all of a request but the sockets and the token. */
import type { HttpHandler, HttpResponseInit } from "@azure/functions";
import type { Tables } from "../../src/lib/state/tables.ts";
import { invocation, request } from "../../test/fakes/invocation.ts";
import { registrations } from "../../test/fakes/registered-app.ts";

export type Call = (path: string, params?: Record<string, string>) => Promise<void>;

/** Calls one of them, to the text of its answer. Throws unless that is 200. */
export function handlersOn(tables: Tables): (name: string) => Call {
  const functions = registrations({
    tables,
    authenticate: async () => ({ id: "a-person", kind: "person", roles: ["Reader"] }),
  });
  return (name) => {
    // As the host calls what is registered under `http`.
    const handler = functions.get(name)?.options.handler as HttpHandler;
    return async (path, params = {}) => {
      const asked = request(path, { params });
      const answer: HttpResponseInit = await handler(asked, invocation(name).context);
      if (answer.status !== 200) throw new Error(`${name} answered ${answer.status}.`);
      JSON.stringify(answer.jsonBody);
    };
  };
}
