/** Azure's own traffic, as it was recorded, is as Azure describes it; but for what `undocumented.ts` lists. */
import { describe, expect, test } from "vitest";
import { expectDocumented } from "../../swagger/expect-documented.ts";
import { validateExchange } from "../../swagger/official.ts";
import { hasOfficialFiles, officially, officialText } from "../../swagger/official-files.ts";

interface Recording {
  readonly entries: readonly {
    /** Method and URL; some entries say in words which request was sent again. */
    readonly request: string;
    readonly body?: unknown;
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    /** An empty text: no body. */
    readonly response?: unknown;
  }[];
}

const recorded = () => {
  const text = officialText("recorded", "CreateRpcAndRestorePoints.excerpt.json");
  const { entries }: Recording = JSON.parse(text);
  return entries
    .filter(({ request }) => request.includes("?api-version="))
    .map(({ request, body, status, headers = {}, response }) => {
      const [method = "", path = ""] = request.split(" ");
      const url = new URL(path, "https://management.azure.com").href;
      return {
        request: { method, url, body },
        response: { status, headers, body: response === "" ? undefined : response },
      };
    });
};

describe.skipIf(!hasOfficialFiles)(officially("Azure's recorded traffic"), () => {
  test("is as described", () => {
    expect(recorded()).not.toHaveLength(0);
    expectDocumented(recorded());
  });

  test("has restore points beside their name in 2021-03-01, which is no licence", () => {
    const [created] = recorded();
    if (created === undefined) throw new Error("Nothing was recorded.");
    const { request, response } = created;
    const body = { ...(response.body as object), colour: "red" };
    expect(validateExchange({ request, response: { ...response, body } })).toEqual([
      "The swagger does not have /properties/colour. (Judged by 2024-07-01.)",
    ]);
  });

  test("had Compute's 429 without an envelope", () => {
    const url = "https://management.azure.com/subscriptions/1/providers/Microsoft.Compute/disks";
    const body = JSON.parse(officialText("recorded", "compute-429-body.verbatim.json"));
    const request = { method: "GET", url: `${url}?api-version=2026-03-02` };
    expect(validateExchange({ request, response: { status: 429, headers: {}, body } })).toEqual([]);
  });
});
