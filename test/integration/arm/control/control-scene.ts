/** The control plane of a test's emulator, asked as a program of this machine asks it. */
import { onTestFinished } from "vitest";
import { type Control, startControl } from "../../../../local/arm/control/start-control.ts";
import type { Arm } from "../scene.ts";

interface ControlAnswer {
  readonly status: number;
  readonly text: string;
  /** Parsed, when it is JSON. */
  readonly body: unknown;
}

interface Asked {
  /** JSON, unless it is a text or bytes. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Controlled extends Control {
  readonly ask: (method: string, path: string, asked?: Asked) => Promise<ControlAnswer>;
  readonly bytes: (path: string) => Promise<Buffer>;
}

export async function controlOf({ emulator }: Pick<Arm, "emulator">): Promise<Controlled> {
  const control = await startControl({ arm: emulator });
  onTestFinished(() => control.close());
  const urlOf = (path: string) => `${control.url}/${path}`;
  return {
    ...control,
    ask: async (method, path, { body, headers } = {}) => {
      const isRaw = typeof body === "string" || body instanceof Uint8Array;
      const sent = isRaw ? (body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(body);
      const response = await fetch(urlOf(path), {
        method,
        ...(headers && { headers }),
        ...(body === undefined ? {} : { body: sent }),
      });
      const text = await response.text();
      return { status: response.status, text, body: jsonOrNone(text) };
    },
    bytes: async (path) => Buffer.from(await (await fetch(urlOf(path))).arrayBuffer()),
  };
}

function jsonOrNone(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
