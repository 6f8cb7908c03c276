/** The app's HTTP API, of the local stack or in Azure. */
import { connectToStack } from "../local/stack/connect.ts";
import { apiVersions } from "../src/names.ts";

/** Answers with the body, whose shape each caller knows of its own request; throws what the app's error says. */
export type Api = <T extends object>(method: string, path: string, body?: unknown) => Promise<T>;

export async function apiOf(url: string | undefined): Promise<Api> {
  const send = url === undefined ? await localSender() : azureSender(url);
  return async <T extends object>(method: string, path: string, body?: unknown) => {
    const response = await send(method, path, body);
    const answer = (await response.json()) as T & { error?: { message: string } };
    if (response.ok) return answer;
    throw new Error(`${method} ${path}: ${response.status} ${answer.error?.message ?? ""}`.trim());
  };
}

type Sender = (method: string, path: string, body?: unknown) => Promise<Response>;

async function localSender(): Promise<Sender> {
  const { api } = await connectToStack();
  return (method, path, body) => api(path, { caller: "policy-admin", method, body });
}

function azureSender(url: string): Sender {
  const token = process.env["API_TOKEN"];
  if (!token) throw new Error("API_TOKEN is not set: an access token of a PolicyAdmin.");
  return (method, path, body) => {
    const address = new URL(`/api${path}`, url);
    address.searchParams.set("api-version", apiVersions[0]);
    return fetch(address, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
}
